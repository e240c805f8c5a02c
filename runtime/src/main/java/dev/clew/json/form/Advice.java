package dev.clew.json.form;

import java.lang.annotation.Annotation;
import java.lang.reflect.Parameter;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/** What to use in place of a type that is refused: the module that knows it, or another type. */
public final class Advice {
    private static final String LANGCHAIN = "for its chat messages add ChatMessageModule of clew-langchain4j to"
            + " JsonCodec.builder().module(...), for others keep what you need in a record";

    private static final String JODA = "org.joda.time.";

    private static final String JODA_ZONES = "JodaModule keeps the moment and no time zone: use a DateTime of"
            + " DateTimeZone.UTC, or java.time.ZonedDateTime";

    private static final Map<String, String> BY_PREFIX = new LinkedHashMap<>();

    static {
        module("org.joda.money.", "JodaMoneyModule (jackson-datatype-joda-money)");
        module(JODA, "JodaModule (jackson-datatype-joda)");
        module("com.google.common.", "GuavaModule (jackson-datatype-guava)");
        module("org.eclipse.collections.", "EclipseCollectionsModule (jackson-datatype-eclipse-collections)");
        module("io.vavr.", "VavrModule (vavr-jackson)");
        module("javax.money.", "JavaxMoneyModule (jackson-datatype-javax-money)");
        BY_PREFIX.put(
                "org.javamoney.",
                "declare javax.money.MonetaryAmount, and add JavaxMoneyModule"
                        + " (jackson-datatype-javax-money) to JsonCodec.builder().module(...)");
        module("org.json.", "JsonOrgModule (jackson-datatype-json-org)");
        BY_PREFIX.put("dev.langchain4j.", LANGCHAIN);
        BY_PREFIX.put("java.sql.Timestamp", "use java.time.Instant");
        BY_PREFIX.put("java.sql.Time", "use java.time.LocalTime");
        BY_PREFIX.put("java.util.Calendar", "use java.time.ZonedDateTime");
        BY_PREFIX.put("java.util.GregorianCalendar", "use java.time.ZonedDateTime");
        BY_PREFIX.put("java.util.SimpleTimeZone", "use java.time.ZoneId");
        BY_PREFIX.put("java.util.TimeZone", "use java.time.ZoneId");
        BY_PREFIX.put("java.util.concurrent.atomic.", "use the value that it holds");
        BY_PREFIX.put("java.net.Inet", "use its text");
    }

    private Advice() {}

    /** Whether there is more to say than what goes for every class. */
    public static boolean isSpecial(Class<?> type) {
        return BY_PREFIX.keySet().stream().anyMatch(type.getName()::startsWith);
    }

    /** What is wrong with a value whose copy differs. */
    public static String different(Object value) {
        String name = value.getClass().getName();
        // It has its module, else it would not have been written.
        String advice = name.startsWith(JODA) ? JODA_ZONES : on(value.getClass());
        return "a value of " + name + " would come back as another one; " + advice;
    }

    public static String on(Class<?> type) {
        for (Map.Entry<String, String> entry : BY_PREFIX.entrySet()) {
            if (type.getName().startsWith(entry.getKey())) {
                return entry.getValue();
            }
        }
        if (isKotlin(type)) {
            return "add KotlinModule (jackson-module-kotlin) to JsonCodec.builder().module(...)";
        }
        if (hasBuilder(type)) {
            return "with Lombok 1.18.44 or newer, add @Jacksonized to its @Builder, and"
                    + " lombok.jacksonized.jacksonVersion += 3 to lombok.config; else use a record, or a Jackson module";
        }
        return Refusals.isPlatform(type)
                ? "use a type that is stored as it is, or a Jackson module"
                : "use a record, or a class with a getter and a setter for each member, or a Jackson module";
    }

    /** The same for a class that could be read if the parameters of its constructor had names, as a Lombok {@code @Value}. */
    public static String onConstructor(Class<?> type) {
        boolean nameless = Arrays.stream(type.getConstructors())
                .anyMatch(constructor -> constructor.getParameterCount() > 0
                        && Arrays.stream(constructor.getParameters()).noneMatch(Parameter::isNamePresent));
        return nameless && !isSpecial(type) && !isKotlin(type)
                ? "compile it with -parameters, so that its constructor's parameters have names; or " + on(type)
                : on(type);
    }

    private static void module(String prefix, String module) {
        BY_PREFIX.put(prefix, "add " + module + " to JsonCodec.builder().module(...)");
    }

    private static boolean isKotlin(Class<?> type) {
        return Arrays.stream(type.getDeclaredAnnotations())
                .map(Annotation::annotationType)
                .anyMatch(annotation -> annotation.getName().equals("kotlin.Metadata"));
    }

    private static boolean hasBuilder(Class<?> type) {
        return Arrays.stream(type.getMethods())
                .anyMatch(method -> method.getName().equals("builder")
                        && method.getParameterCount() == 0
                        && method.getReturnType().getName().startsWith(type.getName()));
    }
}
