package dev.clew.processor.lint;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.TypeElement;

/**
 * Methods and constructors of the JDK that a body must not call, whatever the arguments: of these types and their
 * subtypes. {@code new} is the constructor, {@code *} any method, {@code /n} takes exactly n arguments.
 */
final class Banned {
    private static final Map<String, Map<String, LintRule>> TABLE = new HashMap<>();

    static {
        put(LintRule.CLOCK, "java.lang.System", "currentTimeMillis nanoTime");
        for (String type : List.of(
                "Instant LocalDate LocalTime LocalDateTime ZonedDateTime OffsetDateTime OffsetTime Year YearMonth MonthDay"
                        .split(" "))) {
            put(LintRule.CLOCK, "java.time." + type, "now/0");
        }
        put(LintRule.CLOCK, "java.time.Clock", "systemUTC systemDefaultZone system tickMillis tickSeconds tickMinutes");
        put(LintRule.CLOCK, "java.time.InstantSource", "system");
        put(LintRule.CLOCK, "java.util.Date", "new/0");
        put(LintRule.CLOCK, "java.util.Calendar", "getInstance");
        put(LintRule.CLOCK, "java.util.GregorianCalendar", "new/0");

        put(LintRule.RANDOM, "java.lang.Math", "random");
        put(LintRule.RANDOM, "java.lang.StrictMath", "random");
        put(LintRule.RANDOM, "java.util.Random", "new/0");
        put(LintRule.RANDOM, "java.util.SplittableRandom", "new/0");
        put(LintRule.RANDOM, "java.util.Collections", "shuffle/1");
        put(LintRule.RANDOM, "java.util.concurrent.ThreadLocalRandom", "current");
        put(LintRule.RANDOM, "java.util.random.RandomGenerator", "getDefault of");
        put(LintRule.RANDOM, "java.util.random.RandomGeneratorFactory", "create/0");
        put(LintRule.RANDOM, "java.security.SecureRandom", "new getInstance getInstanceStrong");
        put(LintRule.UUID, "java.util.UUID", "randomUUID");

        put(LintRule.THREAD, "java.lang.Thread", "new start startVirtualThread ofVirtual ofPlatform join");
        put(LintRule.THREAD, "java.util.Timer", "new schedule scheduleAtFixedRate");
        put(LintRule.THREAD, "java.util.concurrent.Executors", "*");
        put(LintRule.THREAD, "java.util.concurrent.Executor", "execute");
        put(LintRule.THREAD, "java.util.concurrent.ExecutorService", "submit invokeAll invokeAny");
        put(LintRule.THREAD, "java.util.concurrent.ScheduledExecutorService", "*");
        put(LintRule.THREAD, "java.util.concurrent.ThreadPoolExecutor", "new");
        put(LintRule.THREAD, "java.util.concurrent.ForkJoinPool", "new commonPool");
        put(LintRule.THREAD, "java.util.concurrent.ForkJoinTask", "fork invoke invokeAll");
        put(LintRule.THREAD, "java.util.concurrent.StructuredTaskScope", "*");
        put(
                LintRule.THREAD,
                "java.util.concurrent.CompletableFuture",
                "supplyAsync runAsync completeAsync completeOnTimeout orTimeout delayedExecutor");
        put(
                LintRule.THREAD,
                "java.util.concurrent.CompletionStage",
                "thenApplyAsync thenAcceptAsync thenRunAsync thenComposeAsync thenCombineAsync handleAsync"
                        + " whenCompleteAsync exceptionallyAsync");

        put(LintRule.SLEEP, "java.lang.Thread", "sleep");
        put(LintRule.SLEEP, "java.lang.Object", "wait");
        put(LintRule.SLEEP, "java.util.concurrent.TimeUnit", "sleep");
        put(LintRule.SLEEP, "java.util.concurrent.locks.LockSupport", "park parkNanos parkUntil");

        put(LintRule.ENVIRONMENT, "java.lang.System", "getenv getProperty getProperties console");
        put(LintRule.ENVIRONMENT, "java.lang.Boolean", "getBoolean");
        put(LintRule.ENVIRONMENT, "java.lang.Integer", "getInteger");
        put(LintRule.ENVIRONMENT, "java.lang.Long", "getLong");
        put(LintRule.ENVIRONMENT, "java.lang.Runtime", "availableProcessors freeMemory totalMemory maxMemory");
        put(LintRule.ENVIRONMENT, "java.lang.ProcessHandle", "current allProcesses");
        put(LintRule.ENVIRONMENT, "java.time.ZoneId", "systemDefault");
        put(LintRule.ENVIRONMENT, "java.util.TimeZone", "getDefault");
        put(LintRule.ENVIRONMENT, "java.util.Locale", "getDefault");

        put(LintRule.IO, "java.nio.file.Files", "*");
        put(LintRule.IO, "java.nio.file.Path", "toRealPath");
        put(
                LintRule.IO,
                "java.io.File",
                "exists isFile isDirectory canRead canWrite length lastModified list listFiles delete mkdir mkdirs"
                        + " createNewFile createTempFile renameTo getCanonicalPath getCanonicalFile");
        for (String type :
                List.of("FileInputStream FileOutputStream FileReader FileWriter RandomAccessFile".split(" "))) {
            put(LintRule.IO, "java.io." + type, "new");
        }
        put(LintRule.IO, "java.nio.channels.FileChannel", "open");
        put(LintRule.IO, "java.net.Socket", "new");
        put(LintRule.IO, "java.net.ServerSocket", "new");
        put(LintRule.IO, "java.net.DatagramSocket", "new");
        put(LintRule.IO, "java.nio.channels.SocketChannel", "open");
        put(LintRule.IO, "java.net.URL", "openStream openConnection getContent");
        put(LintRule.IO, "java.net.URLConnection", "connect getInputStream getOutputStream");
        put(LintRule.IO, "java.net.InetAddress", "getByName getAllByName getLocalHost");
        put(LintRule.IO, "java.net.http.HttpClient", "send sendAsync");
        put(LintRule.IO, "java.sql.DriverManager", "*");
        put(LintRule.IO, "javax.sql.DataSource", "getConnection");
        for (String type : List.of("Connection Statement PreparedStatement ResultSet".split(" "))) {
            put(LintRule.IO, "java.sql." + type, "*");
        }
        put(LintRule.IO, "java.lang.ProcessBuilder", "start");
        put(LintRule.IO, "java.lang.Runtime", "exec");
    }

    private final Names names;
    /** Most calls of a body go to few types, and nearly none of these is in the table. */
    private final Map<TypeElement, Map<String, LintRule>> byOwner = new HashMap<>();

    Banned(Names names) {
        this.names = names;
    }

    private static void put(LintRule rule, String type, String methods) {
        Map<String, LintRule> rules = TABLE.computeIfAbsent(type, name -> new HashMap<>());
        List.of(methods.split(" ")).forEach(method -> rules.put(method, rule));
    }

    Optional<LintRule> rule(ExecutableElement method) {
        return Names.owner(method).flatMap(owner -> {
            Map<String, LintRule> rules = byOwner.computeIfAbsent(owner, this::rules);
            boolean isConstructor = method.getKind() == ElementKind.CONSTRUCTOR;
            String name = isConstructor ? "new" : method.getSimpleName().toString();
            LintRule rule = rules.get(name + "/" + method.getParameters().size());
            rule = rule == null ? rules.get(name) : rule;
            return Optional.ofNullable(rule == null && !isConstructor ? rules.get("*") : rule);
        });
    }

    private Map<String, LintRule> rules(TypeElement owner) {
        Map<String, LintRule> rules = new HashMap<>();
        names.lineage(owner).forEach(type -> rules.putAll(TABLE.getOrDefault(type, Map.of())));
        return rules;
    }
}
