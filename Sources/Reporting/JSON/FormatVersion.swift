/// The version of all machine output: keys are added within a major version, never changed or removed.
package let machineFormatVersion = "1.0"
