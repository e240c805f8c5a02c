package dev.clew.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clew.json.form.Limits;
import dev.clew.json.form.Shape;
import dev.clew.json.form.Shapes;
import dev.clew.json.jackson.ForeignShape;
import dev.clew.value.Codec;
import dev.clew.value.CodecException;
import dev.clew.value.TypeRef;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.lang.reflect.Modifier;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which types are refused before the first value, with the module to add. */
final class CheckedTypesTest {
    private final Codec codec = JsonCodec.standard();

    record Deep(List<Map<String, Stream<String>>> items) {}

    record Keyed(Map<Point, String> byPoint) {}

    record Open(Serializable payload) {}

    record Self(Self next, List<Self> all) {}

    /** As Kotlin and Lombok compile their classes: a constructor without names, and getters. */
    private static final String KOTLIN = "package com.acme; @kotlin.Metadata public final class User { private final"
            + " String name; public User(String a, int b) { name = a; } public String getName() { return name; } }";

    private static final String KOTLIN_DEFAULTS = "package com.acme; @kotlin.Metadata public final class User {"
            + " private final String name; public User() { this(\"x\"); } public User(String a) { name = a; }"
            + " public String getName() { return name; } }";

    private static final String LOMBOK = "package com.acme; public final class User { private final String name;"
            + " User(String a, int b) { name = a; } public String getName() { return name; }"
            + " public static UserBuilder builder() { return new UserBuilder(); }"
            + " public static class UserBuilder { public User build() { return new User(\"\", 0); } } }";

    private static final String MONEY = "package org.joda.money; public final class Money { private final Long cents;"
            + " private Money() { cents = null; } public long getAmount() { return cents; } }";

    private static final String SEGMENT = "package dev.langchain4j.data; public class Segment { private final String"
            + " text; public Segment(String a, Object b) { text = a; } public String text() { return text; } }";

    private static final String MESSAGE = "package dev.langchain4j.data; public interface Message { String text(); }";

    private static final String METADATA = "package kotlin; import java.lang.annotation.*;"
            + " @Retention(RetentionPolicy.RUNTIME) public @interface Metadata {}";

    @ParameterizedTest
    @CsvSource({
        "KOTLIN, com.acme.User, add KotlinModule",
        "KOTLIN_DEFAULTS, com.acme.User, add KotlinModule",
        "LOMBOK, com.acme.User, @Jacksonized",
        "MONEY, org.joda.money.Money, add JodaMoneyModule",
        "SEGMENT, dev.langchain4j.data.Segment, add ChatMessageModule of clew-langchain4j",
        "MESSAGE, dev.langchain4j.data.Message, add ChatMessageModule of clew-langchain4j",
    })
    void typesOfOthersAreRefusedWithTheModuleToAdd(String source, String name, String advice, @TempDir Path directory)
            throws Exception {
        String text = (String) CheckedTypesTest.class.getDeclaredField(source).get(null);

        Class<?> type = compiled(name, text, directory);

        assertThatThrownBy(() -> codec.check(TypeRef.of(type)))
                .isInstanceOf(CodecException.class)
                .hasMessageStartingWith("cannot encode " + name + ": ")
                .hasMessageContaining(advice);
    }

    @Test
    void membersAreCheckedWithTheirPath() {
        assertThatThrownBy(() -> codec.check(TypeRef.of(Deep.class)))
                .hasMessageContaining("java.util.stream.Stream has no stored form")
                .extracting(e -> ((CodecException) e).path())
                .asString()
                .startsWith("$.items");
        assertThatThrownBy(() -> codec.check(TypeRef.of(Keyed.class))).hasMessageContaining("have no text form");
        assertThatThrownBy(() -> codec.check(TypeRef.of(Open.class)))
                .hasMessageContaining("java.io.Serializable is an open type")
                .hasMessageEndingWith("at $.payload");
    }

    @ParameterizedTest
    @ValueSource(
            classes = {
                String.class,
                Object.class,
                Void.class,
                void.class,
                int.class,
                Everything.class,
                Figure.class,
                Bean.class,
                Node.class,
                Self.class,
                Path.class,
                byte[].class
            })
    void typesThatAreStoredPass(Class<?> type) {
        assertThatCode(() -> codec.check(TypeRef.of(type))).doesNotThrowAnyException();
    }

    /**
     * Of all public classes of the JDK these have a form that Jackson gives them, so each of their values is checked.
     * All others have a form of our own, or are refused. A JDK that adds one makes this test say so.
     */
    @Test
    void noTypeOfTheJdkIsLeftToChance() throws IOException {
        Shapes shapes = new ShapeRegistry(List.of(), Map.of(), Limits.DEFAULT);
        Set<String> left = new TreeSet<>();
        for (Class<?> type : platformTypes()) {
            // JDK 24 and later model class files as iterables: never values, and checked by reading back as all others.
            boolean model = type.getName().startsWith("java.lang.classfile.");
            Shape shape = shapes.of(type);
            if (shape instanceof ForeignShape && !model) {
                left.add(type.getName());
            }
        }

        assertThat(left)
                .containsExactlyInAnyOrder(
                        "java.lang.CharSequence",
                        "java.lang.Iterable",
                        "java.lang.StringBuffer",
                        "java.lang.StringBuilder",
                        "java.net.Inet4Address",
                        "java.net.Inet6Address",
                        "java.net.InetAddress",
                        "java.net.InetSocketAddress",
                        "java.net.URL",
                        "java.nio.ByteBuffer",
                        "java.nio.MappedByteBuffer",
                        "java.nio.charset.Charset",
                        "java.security.AuthProvider",
                        "java.security.Provider",
                        "java.sql.Blob",
                        "java.sql.Date",
                        "java.sql.Time",
                        "java.sql.Timestamp",
                        "java.util.Calendar",
                        "java.util.Date",
                        "java.util.GregorianCalendar",
                        "java.util.Map$Entry",
                        "java.util.TimeZone",
                        "java.util.concurrent.atomic.AtomicBoolean",
                        "java.util.concurrent.atomic.AtomicInteger",
                        "java.util.concurrent.atomic.AtomicLong",
                        "java.util.concurrent.atomic.AtomicReference",
                        "java.util.concurrent.atomic.DoubleAdder",
                        "java.util.concurrent.atomic.LongAdder");
    }

    static List<Class<?>> platformTypes() throws IOException {
        FileSystem image = FileSystems.getFileSystem(URI.create("jrt:/"));
        List<Class<?>> types = new ArrayList<>();
        for (String module : List.of("java.base", "java.sql", "java.logging", "java.net.http")) {
            Path root = image.getPath("/modules", module, "java");
            try (Stream<Path> files = Files.walk(root)) {
                files.filter(file -> file.toString().endsWith(".class"))
                        .map(file -> image.getPath("/modules", module)
                                .relativize(file)
                                .toString())
                        .map(file -> file.substring(0, file.length() - 6).replace('/', '.'))
                        .forEach(name -> addPublic(name, types));
            }
        }
        assertThat(types).hasSizeGreaterThan(1_000);
        return types;
    }

    private static void addPublic(String name, List<Class<?>> types) {
        try {
            Class<?> type = Class.forName(name, false, CheckedTypesTest.class.getClassLoader());
            if (Modifier.isPublic(type.getModifiers())) {
                types.add(type);
            }
        } catch (ClassNotFoundException | NoClassDefFoundError notThere) {
            // Such as a class that only another module's loader sees.
        }
    }

    private static Class<?> compiled(String name, String source, Path directory) throws Exception {
        List<String> arguments = new ArrayList<>(List.of("-d", directory.toString()));
        for (String text : List.of(METADATA, source)) {
            String simple = text == METADATA ? "Metadata" : name.substring(name.lastIndexOf('.') + 1);
            arguments.add(
                    Files.writeString(directory.resolve(simple + ".java"), text).toString());
        }
        int result = ToolProvider.getSystemJavaCompiler()
                .run(
                        InputStream.nullInputStream(),
                        new ByteArrayOutputStream(),
                        new ByteArrayOutputStream(),
                        arguments.toArray(String[]::new));
        assertThat(result).isZero();
        try (URLClassLoader loader =
                new URLClassLoader(new URL[] {directory.toUri().toURL()})) {
            Class<?> type = loader.loadClass(name);
            // What is read while the loader is open stays readable after it is closed.
            assertThat(type.getDeclaredMethods()).isNotNull();
            assertThat(type.getDeclaredAnnotations()).isNotNull();
            for (Class<?> inner : type.getDeclaredClasses()) {
                assertThat(inner.getDeclaredMethods()).isNotNull();
            }
            return type;
        }
    }
}
