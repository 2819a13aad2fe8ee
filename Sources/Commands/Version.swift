/// The version of this program.
package let executableVersion = "0.1.0"

/// The day of this version, for the manual page; it moves with the version, so that builds can be repeated.
package let executableReleaseDate = "2026-11-20"
