import java.io.IOException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Runs {@code build.mjs} if there is a node that can. Without it the page is left out: nobody needs node for the rest. */
final class BuildPage {
    /** What esbuild needs. */
    private static final int OLDEST = 18;

    private BuildPage() {}

    public static void main(String... args) throws InterruptedException {
        try {
            int version = version();
            if (version < OLDEST) {
                System.err.println("[inspector] node here is of version " + version + ", and " + OLDEST
                        + " is needed, so the inspector's page is left out; /clew/ says so");
                return;
            }
            Process node = new ProcessBuilder(List.of("node", "build.mjs")).inheritIO().start();
            int status = node.waitFor();
            if (status != 0) {
                System.err.println("[inspector] node build.mjs failed with status " + status + "; what it said is above");
                System.exit(status);
            }
        } catch (IOException missing) {
            System.err.println("[inspector] there is no node here, so the inspector's page is left out; /clew/ says so");
        }
    }

    /** The major version of node; 0 if it does not say one. */
    private static int version() throws IOException, InterruptedException {
        Process node = new ProcessBuilder(List.of("node", "--version"))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String said = new String(node.getInputStream().readAllBytes());
        Matcher version = Pattern.compile("v(\\d+)\\.").matcher(said);
        return node.waitFor() == 0 && version.find() ? Integer.parseInt(version.group(1)) : 0;
    }
}
