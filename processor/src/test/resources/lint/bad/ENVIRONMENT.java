import dev.clew.annotations.Entrypoint;
import java.time.ZoneId;
import java.util.Locale;

class Flow {
    @Entrypoint
    String go(String input) {
        String home = System.getenv("HOME"); // CLEW106 System.getenv
        String name = System.getProperty("os.name"); // CLEW106 System.getProperty
        int cores = Runtime.getRuntime().availableProcessors(); // CLEW106 Runtime.getRuntime().availableProcessors
        long pid = ProcessHandle.current().pid(); // CLEW106 ProcessHandle.current
        ZoneId zone = ZoneId.systemDefault(); // CLEW106 ZoneId.systemDefault
        Locale locale = Locale.getDefault(); // CLEW106 Locale.getDefault
        return Boolean.getBoolean("debug") ? home : name; // CLEW106 Boolean.getBoolean
    }
}
