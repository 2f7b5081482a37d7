namespace Duyetbot.Dashboard.Data;

/// <summary>Room on the disk.</summary>
public static class DiskSpace
{
    /// <summary>What may still be written to the disk of a folder, in bytes.</summary>
    public static long FreeAt(string folder) =>
        new DriveInfo(OperatingSystem.IsWindows() ? Path.GetPathRoot(Path.GetFullPath(folder))! : Path.GetFullPath(folder)).AvailableFreeSpace;
}
