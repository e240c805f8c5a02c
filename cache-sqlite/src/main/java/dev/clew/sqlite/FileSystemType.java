package dev.clew.sqlite;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;

/** What kind of file system a file is on, as the operating system calls it. */
final class FileSystemType {
    /**
     * Those that are served by other machines. The write-ahead log needs memory that all who open the file share, which
     * two machines do not, and locks that these systems do not keep well.
     */
    private static final Set<String> NETWORK = Set.of(
            "afp",
            "afpfs",
            "afs",
            "ceph",
            "cifs",
            "coda",
            "davfs",
            "fuse.ceph",
            "fuse.ceph-fuse",
            "fuse.davfs",
            "fuse.gcsfuse",
            "fuse.glusterfs",
            "fuse.rclone",
            "fuse.s3fs",
            "fuse.sshfs",
            "glusterfs",
            "lustre",
            "ncpfs",
            "nfs",
            "nfs3",
            "nfs4",
            "smb",
            "smb2",
            "smb3",
            "smbfs",
            "webdav");

    private FileSystemType() {}

    /** The type under a file that is or is to be; empty where it cannot be told. */
    static String of(Path file) {
        Path folder = file.toAbsolutePath().getParent();
        try {
            if (folder != null && folder.toString().startsWith("\\\\")) {
                return "smb"; // a share by its name; Windows tells the type of the disk behind it
            }
            return Files.getFileStore(folder == null ? file : folder).type();
        } catch (IOException | SecurityException unknown) {
            return "";
        }
    }

    static boolean isNetwork(String type) {
        return NETWORK.contains(type.toLowerCase(Locale.ROOT));
    }
}
