import com.jcraft.jsch.ChannelSftp;
import com.jcraft.jsch.JSch;
import com.jcraft.jsch.Session;
import java.io.File;
import java.util.Vector;

/** Does one thing with JSch: WORD LOCAL REMOTE TEMPORARY, logging in as the environment says. */
public final class JschDriver {
    private JschDriver() {}

    public static void main(String[] words) throws Exception {
        JSch library = new JSch();
        String key = System.getenv("SFTP_KEY");
        if (!key.isEmpty()) library.addIdentity(key);
        Session session = library.getSession(System.getenv("SFTP_USER"), "127.0.0.1", Integer.parseInt(System.getenv("SFTP_PORT")));
        if (key.isEmpty()) session.setPassword(System.getenv("SFTP_PASSWORD"));
        session.setConfig("StrictHostKeyChecking", "no");
        session.connect(20_000);
        try {
            ChannelSftp sftp = (ChannelSftp) session.openChannel("sftp");
            sftp.connect(20_000);
            work(sftp, words[0], words[1], words[2], words[3]);
        } finally {
            session.disconnect();
        }
    }

    private static void work(ChannelSftp sftp, String word, String local, String remote, String temporary) throws Exception {
        switch (word) {
            case "put" -> sftp.put(local, remote);
            case "putKeepingTime" -> {
                sftp.put(local, remote);
                sftp.setMtime(remote, (int) (new File(local).lastModified() / 1000));
            }
            case "putAndRename" -> {
                sftp.put(local, temporary);
                sftp.rename(temporary, remote);
            }
            case "resume" -> sftp.put(local, remote, ChannelSftp.RESUME);
            case "mkdir" -> sftp.mkdir(remote);
            case "mirror" -> sftp.put(local + "/*", remote);
            case "list" -> {
                Vector<?> entries = sftp.ls(remote);
                for (Object entry : entries) System.out.println(((ChannelSftp.LsEntry) entry).getFilename());
            }
            case "stat" -> System.out.println(sftp.stat(remote).getSize());
            case "get" -> sftp.get(remote, local);
            default -> throw new IllegalArgumentException(word);
        }
    }
}
