package dev.clew;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clew.checkpoint.Checkpointer;
import dev.clew.checkpoint.Claim;
import dev.clew.task.Failure;
import dev.clew.value.ClewException;
import dev.clew.value.StorageException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Holds for every exception of the runtime; a new one is found by itself. */
class ExceptionsTest {
    private static final Failure FAILURE =
            Failure.of(new IllegalStateException("no", new IllegalArgumentException("why")), "task:a#1", 2);

    private static final Map<Class<?>, Object> SAMPLES = Map.of(
            String.class,
            "text",
            Throwable.class,
            new IllegalStateException("cause"),
            Failure.class,
            FAILURE,
            Claim.class,
            new Claim("t", "owner", 3),
            Instant.class,
            Instant.EPOCH,
            Duration.class,
            Duration.ofSeconds(3),
            List.class,
            List.of(),
            int.class,
            7,
            long.class,
            7L);

    static Stream<Class<?>> exceptions() throws Exception {
        Path root = Path.of(Checkpointer.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        List<Class<?>> found = new ArrayList<>();
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file :
                    files.filter(f -> f.toString().endsWith("Exception.class")).toList()) {
                String name = root.relativize(file).toString().replaceAll("[/\\\\]", ".");
                Class<?> type = Class.forName(name.substring(0, name.length() - ".class".length()));
                if (ClewException.class.isAssignableFrom(type) && !Modifier.isAbstract(type.getModifiers())) {
                    found.add(type);
                }
            }
        }
        assertThat(found).hasSizeGreaterThan(20);
        return found.stream();
    }

    @ParameterizedTest
    @MethodSource("exceptions")
    void surviveSerializationWithAllThatTheyTell(Class<? extends ClewException> type) throws Exception {
        for (Constructor<?> constructor : type.getDeclaredConstructors()) {
            if (constructor.isSynthetic()) {
                continue;
            }
            constructor.setAccessible(true);
            Object[] arguments = Arrays.stream(constructor.getParameterTypes())
                    .map(ExceptionsTest::sample)
                    .toArray();
            ClewException thrown = (ClewException) constructor.newInstance(arguments);

            ClewException copy = copy(thrown);

            assertThat(copy).hasMessage(thrown.getMessage());
            assertThat(copy.getStackTrace()).isEqualTo(thrown.getStackTrace());
            for (Method accessor : accessors(type)) {
                assertThat(accessor.invoke(copy))
                        .describedAs(accessor.getName())
                        .isEqualTo(accessor.invoke(thrown))
                        .isNotNull();
            }
        }
    }

    @Test
    void rootCannotBeThrownItself() {
        assertThat(Modifier.isAbstract(ClewException.class.getModifiers())).isTrue();
    }

    @Test
    void storesOfEveryKindFailWithOneClass() {
        assertThat(StorageException.class)
                .isAssignableFrom(dev.clew.checkpoint.CheckpointException.class)
                .isAssignableFrom(dev.clew.store.StoreException.class);
    }

    private static Object sample(Class<?> type) {
        return type.isEnum() ? type.getEnumConstants()[0] : SAMPLES.get(type);
    }

    private static List<Method> accessors(Class<?> type) {
        return Arrays.stream(type.getDeclaredMethods())
                .filter(m -> m.getParameterCount() == 0 && Modifier.isPublic(m.getModifiers()))
                .toList();
    }

    private static ClewException copy(ClewException thrown) throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(thrown);
        }
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            return (ClewException) in.readObject();
        }
    }
}
