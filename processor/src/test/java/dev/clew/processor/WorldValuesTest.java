package dev.clew.processor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.clew.json.JsonCodec;
import dev.clew.value.Codec;
import dev.clew.value.CodecException;
import dev.clew.value.TypeRef;
import java.io.File;
import java.io.IOException;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JacksonModule;

/**
 * Values as applications have them, of Lombok, Jackson, money and Joda: each comes back equal or is refused, most of them
 * before anything runs. {@code World.java} has a sample of each; the build puts the libraries into {@code target/beside}.
 */
class WorldValuesTest {
    private static final Path JARS = Path.of("target/beside");

    private static final List<String> LIBRARIES = List.of(
            "lombok",
            "joda-time",
            "money-api",
            "moneta-core",
            "jakarta.annotation-api",
            "jackson-datatype-joda",
            "jackson-datatype-javax-money");

    private static final String EQUAL = """
            LombokValue LombokJacksonized LombokBuilderAndConstructor LombokWither LombokData
            LombokDataBuilder LombokDataAll LombokChild LombokExcluded LombokLazy LombokChain Bean
            BeanWithoutSetter Fields Creator Code NonEmpty Dated AsArray SealedTyped Node Price At On
            """;

    @TempDir
    static Path folder;

    private static URLClassLoader named;
    private static URLClassLoader unnamed;

    /** Once with the names of parameters, as {@code javac -parameters} keeps them, and once without. */
    @BeforeAll
    static void compileTheWorld() throws Exception {
        assumeTrue(Files.exists(JARS.resolve("joda-time.jar")), () -> "the build has not put the others into " + JARS);
        named = compiled(folder.resolve("named"), "-parameters");
        unnamed = compiled(folder.resolve("unnamed"), "-nowarn");
    }

    @AfterAll
    static void close() throws IOException {
        for (URLClassLoader loader : new URLClassLoader[] {named, unnamed}) {
            if (loader != null) {
                loader.close();
            }
        }
    }

    static Stream<String> equal() {
        return Stream.of(EQUAL.split("\\s+"));
    }

    @ParameterizedTest
    @MethodSource("equal")
    void comesBackEqual(String name) throws Exception {
        Codec codec = codec(named, true);
        TypeRef<Object> type = type(named, name);
        Object value = sample(named, name);
        codec.check(type);

        byte[] stored = codec.encode(value, type);
        Object copy = codec.decode(stored, type);

        assertThat(copy)
                .isNotSameAs(value)
                .usingRecursiveComparison()
                .usingOverriddenEquals()
                .isEqualTo(value);
        assertThat(codec.encode(copy, type)).isEqualTo(stored);
    }

    /** With the modules, and with names of parameters. */
    @ParameterizedTest
    @CsvSource({
        "LombokBuilder, 'lombok.jacksonized.jacksonVersion += 3 to lombok.config'",
        "LombokOf, no usable constructor",
        "LombokFluent, no usable constructor",
        "LombokHidden, 'secret'",
        "BeanWithoutGetter, add a getter",
        "Ignored, @JsonIgnore leaves it out",
        "IgnoredByClass, 'secret'",
        "WriteOnly, 'password'",
        "ReadOnly, 'id'",
        "Unwrapping, 'bean'",
        "Anything, 'all'",
        "Animal, make the type sealed",
        "Vehicle, make the type sealed",
        "Zoo, make the type sealed",
        "Parent, @JsonManagedReference is not stored",
        "FastPrice, declare javax.money.MonetaryAmount",
    })
    void isRefusedBeforeAnythingRuns(String name, String reason) throws Exception {
        sample(named, name);

        assertThatThrownBy(() -> codec(named, true).check(type(named, name)))
                .isInstanceOf(CodecException.class)
                .hasMessageContaining(reason);
    }

    /** It hangs on the value whether something would be lost. */
    @ParameterizedTest
    @CsvSource({
        "HiddenState, $.all",
        "NonDefault, $.text",
        "Tree, Oak would be written as com.acme.World$Tree",
        "Base, Derived would be written as com.acme.World$Base",
        "ZonedAt, use a DateTime of DateTimeZone.UTC",
        "FastAmount, would come back as another one",
    })
    void isRefusedWhenItIsWritten(String name, String reason) throws Exception {
        Object value = sample(named, name);

        assertThatThrownBy(() -> codec(named, true).encode(value, type(named, name)))
                .isInstanceOf(CodecException.class)
                .hasMessageContaining(reason);
    }

    @ParameterizedTest
    @CsvSource({
        "LombokValue, -parameters",
        "LombokBuilderAndConstructor, -parameters",
        "LombokWither, -parameters",
        "LombokLazy, -parameters",
        "LombokDataBuilder, no usable constructor",
    })
    void isRefusedWithoutTheNamesOfParameters(String name, String reason) {
        assertThatThrownBy(() -> codec(unnamed, true).check(type(unnamed, name)))
                .isInstanceOf(CodecException.class)
                .hasMessageContaining(reason);
    }

    @ParameterizedTest
    @CsvSource({
        "Price, add JavaxMoneyModule",
        "FastPrice, JavaxMoneyModule",
        "At, add JodaModule",
        "On, add JodaModule",
    })
    void isRefusedWithoutItsModule(String name, String reason) {
        assertThatThrownBy(() -> codec(named, false).check(type(named, name)))
                .isInstanceOf(CodecException.class)
                .hasMessageContaining(reason);
    }

    @Test
    void everySampleIsTried() throws Exception {
        Set<String> said = equal().collect(Collectors.toCollection(TreeSet::new));
        for (Method method : WorldValuesTest.class.getDeclaredMethods()) {
            CsvSource rows = method.getAnnotation(CsvSource.class);
            Stream.of(rows == null ? new String[0] : rows.value())
                    .forEach(row -> said.add(row.substring(0, row.indexOf(','))));
        }

        assertThat(said).isEqualTo(new TreeSet<>(samples(named).keySet()));
    }

    private static URLClassLoader compiled(Path place, String option) throws Exception {
        Project project = Project.in(Files.createDirectories(place));
        for (String file : List.of("World.java", "lombok.config")) {
            project.with("com/acme/" + file, Sources.text(Path.of("src/test/resources/world", file)));
        }
        String libraries = Sources.path(LIBRARIES.stream()
                .map(name -> JARS.resolve(name + ".jar").toAbsolutePath().toFile())
                .toList());
        Outcome outcome = project.javac(
                option,
                "-cp",
                libraries + File.pathSeparator + System.getProperty("java.class.path"),
                "-processorpath",
                JARS.resolve("lombok.jar").toAbsolutePath().toString());
        assertThat(outcome.status()).as(outcome.output()).isZero();
        List<URL> urls = new ArrayList<>(List.of(project.classes().toUri().toURL()));
        for (String name : LIBRARIES) {
            urls.add(JARS.resolve(name + ".jar").toUri().toURL());
        }
        return new URLClassLoader(urls.toArray(URL[]::new));
    }

    private static Codec codec(URLClassLoader loader, boolean modules) throws ReflectiveOperationException {
        JsonCodec.Builder builder = JsonCodec.builder();
        if (modules) {
            for (String name : List.of("joda.JodaModule", "javax.money.JavaxMoneyModule")) {
                Class<?> module = loader.loadClass("tools.jackson.datatype." + name);
                builder.module((JacksonModule) module.getConstructor().newInstance());
            }
        }
        return builder.build();
    }

    @SuppressWarnings("unchecked") // what it is a type of is known at run time only
    private static TypeRef<Object> type(URLClassLoader loader, String name) throws ClassNotFoundException {
        return (TypeRef<Object>) (TypeRef<?>) TypeRef.of(loader.loadClass("com.acme.World$" + name));
    }

    private static Object sample(URLClassLoader loader, String name) throws ReflectiveOperationException {
        Object sample = samples(loader).get(name);
        assertThat(sample).as(name).isNotNull();
        return sample;
    }

    @SuppressWarnings("unchecked") // see World.samples()
    private static Map<String, Object> samples(URLClassLoader loader) throws ReflectiveOperationException {
        ClassLoader before = Thread.currentThread().getContextClassLoader();
        Thread.currentThread().setContextClassLoader(loader);
        try {
            Class<?> world = loader.loadClass("com.acme.World");
            return (Map<String, Object>) world.getMethod("samples").invoke(null);
        } finally {
            Thread.currentThread().setContextClassLoader(before);
        }
    }
}
