package dev.clew.processor.validate;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeKind;

/** What the standard codec makes of types of the JDK and of Clew, and of their subtypes. */
public final class PlatformValues {
    /** Errors where a signature has them; these and their subtypes. */
    private static final Map<String, Rule> REFUSED = refused();

    /** Warnings wherever they are, since a codec of the user's may store them; these and their subtypes. */
    private static final List<String> LIVE = List.of(
            "java.io.Closeable",
            "java.lang.ClassLoader",
            "java.lang.Process",
            "java.lang.Runnable",
            "java.lang.ThreadGroup",
            "java.lang.ThreadLocal",
            "java.lang.ref.Reference",
            "java.util.Timer",
            "java.util.concurrent.CountDownLatch",
            "java.util.concurrent.CyclicBarrier",
            "java.util.concurrent.Exchanger",
            "java.util.concurrent.Phaser",
            "java.util.concurrent.Semaphore",
            "java.util.concurrent.locks.AbstractOwnableSynchronizer",
            "java.util.concurrent.locks.Condition",
            "java.util.concurrent.locks.Lock",
            "java.util.concurrent.locks.ReadWriteLock",
            "java.util.concurrent.locks.StampedLock");

    /** Abstract types whose values come back equal, or are refused when they are written. */
    private static final Set<String> STORED = Set.of(
            "java.lang.CharSequence",
            "java.lang.Iterable",
            "java.net.InetAddress",
            "java.nio.ByteBuffer",
            "java.nio.MappedByteBuffer",
            "java.nio.charset.Charset",
            "java.nio.file.Path",
            "java.security.AuthProvider",
            "java.security.Provider",
            "java.sql.Blob",
            "java.time.ZoneId",
            "java.util.AbstractCollection",
            "java.util.AbstractList",
            "java.util.AbstractMap",
            "java.util.AbstractQueue",
            "java.util.AbstractSequentialList",
            "java.util.AbstractSet",
            "java.util.Calendar",
            "java.util.Collection",
            "java.util.Deque",
            "java.util.EnumSet",
            "java.util.List",
            "java.util.Map",
            "java.util.Map.Entry",
            "java.util.NavigableMap",
            "java.util.NavigableSet",
            "java.util.Queue",
            "java.util.SequencedCollection",
            "java.util.SequencedMap",
            "java.util.SequencedSet",
            "java.util.Set",
            "java.util.SortedMap",
            "java.util.SortedSet",
            "java.util.TimeZone",
            "java.util.concurrent.BlockingDeque",
            "java.util.concurrent.BlockingQueue",
            "java.util.concurrent.ConcurrentMap",
            "java.util.concurrent.ConcurrentNavigableMap",
            "java.util.concurrent.TransferQueue",
            "javax.xml.datatype.Duration",
            "javax.xml.datatype.XMLGregorianCalendar");

    private PlatformValues() {}

    private static Map<String, Rule> refused() {
        Map<String, Rule> refused = new LinkedHashMap<>();
        List.of("dev.clew.task.TaskFuture", "java.util.concurrent.CompletionStage", "java.util.concurrent.Future")
                .forEach(name -> refused.put(name, Rule.TYPE_FUTURE));
        List.of(
                        "java.util.stream.BaseStream",
                        "java.util.Iterator",
                        "java.util.Spliterator",
                        "java.util.Enumeration",
                        "java.util.concurrent.Flow.Publisher",
                        "java.io.InputStream",
                        "java.io.OutputStream",
                        "java.io.Reader",
                        "java.io.Writer",
                        "java.nio.channels.Channel")
                .forEach(name -> refused.put(name, Rule.TYPE_STREAM));
        List.of("java.lang.Thread", "java.util.concurrent.Executor").forEach(name -> refused.put(name, Rule.TYPE_CODE));
        List.of("dev.clew.Graph", "dev.clew.flow.TaskContext", "dev.clew.spi.Scope", "dev.clew.flow.Workflow")
                .forEach(name -> refused.put(name, Rule.HANDLE_MISPLACED));
        refused.put("dev.clew.flow.Final", Rule.TYPE_FINAL);
        return refused;
    }

    /** Whether a type is one of the JDK. */
    static boolean isPlatform(TypeElement type) {
        String name = type.getQualifiedName().toString();
        return name.startsWith("java.") || name.startsWith("javax.");
    }

    static boolean isStored(TypeElement type) {
        return STORED.contains(type.getQualifiedName().toString());
    }

    /** The rule by which a type is no value at all. */
    static Optional<Rule> refusal(TypeElement type) {
        if (isFunction(type)) {
            return Optional.of(Rule.TYPE_CODE);
        }
        return lineage(type)
                .flatMap(name -> Stream.ofNullable(REFUSED.get(name)))
                .filter(rule -> rule == Rule.HANDLE_MISPLACED || rule == Rule.TYPE_FINAL || !isData(type))
                .findFirst();
    }

    /** Whether a type stands for something that lives in this process only. */
    static boolean isLive(TypeElement type) {
        return !isData(type) && lineage(type).anyMatch(LIVE::contains);
    }

    /** A record may be iterated or run, and is data all the same. */
    private static boolean isData(TypeElement type) {
        return type.getKind() == ElementKind.RECORD || type.getKind() == ElementKind.ENUM;
    }

    /** A class may implement a function and be a value all the same; the bare interface is a lambda. */
    private static boolean isFunction(TypeElement type) {
        return type.getKind() == ElementKind.INTERFACE && type.getAnnotation(FunctionalInterface.class) != null;
    }

    /** The qualified names of a type and all its supertypes: cheaper than to ask the compiler about each refused type. */
    private static Stream<String> lineage(TypeElement type) {
        return Stream.concat(
                Stream.of(type.getQualifiedName().toString()),
                Stream.concat(Stream.of(type.getSuperclass()), type.getInterfaces().stream())
                        .filter(above -> above.getKind() == TypeKind.DECLARED)
                        .flatMap(above -> lineage((TypeElement) ((DeclaredType) above).asElement())));
    }
}
