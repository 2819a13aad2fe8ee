/// The version of this program.
package let executableVersion = "0.1.0"
