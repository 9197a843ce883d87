using System.Runtime.Versioning;

// File modes, signals and strace: what these tests look at is a server on a Unix machine.
[assembly: UnsupportedOSPlatform("windows")]
