package dev.clew.contracts.lab;

/** The platform threads of this process, without those of JUnit, which starts and stops its own while a test runs. */
public final class LiveThreads {
    private LiveThreads() {}

    public static int count() {
        return (int) Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> !thread.getName().startsWith("junit-"))
                .count();
    }
}
