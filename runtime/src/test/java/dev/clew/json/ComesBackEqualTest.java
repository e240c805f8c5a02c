package dev.clew.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.clew.value.Codec;
import dev.clew.value.CodecException;
import dev.clew.value.TypeRef;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Time;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Calendar;
import java.util.Collections;
import java.util.GregorianCalendar;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import java.util.SimpleTimeZone;
import java.util.TimeZone;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A value comes back equal, or is refused when it is written; it never comes back as another one. */
final class ComesBackEqualTest {
    private final Codec codec = JsonCodec.standard();

    public static class Tags extends ArrayList<String> {
        private static final long serialVersionUID = 1L;
        public String owner = "";
    }

    public static class Tagged {
        private Tags tags = new Tags();

        public Tags getTags() {
            return tags;
        }

        public void setTags(Tags tags) {
            this.tags = tags;
        }
    }

    public static class GetterOnly {
        private final List<String> items = new ArrayList<>();
        private String name = "";

        public List<String> getItems() {
            return items;
        }

        public String getName() {
            return name;
        }

        public void setName(String name) {
            this.name = name;
        }
    }

    public static class SetterOnly {
        private String name = "";
        private String secret = "";

        public String getName() {
            return name;
        }

        public void setName(String name) {
            this.name = name;
        }

        public void setSecret(String secret) {
            this.secret = secret;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof SetterOnly that && name.equals(that.name) && secret.equals(that.secret);
        }

        @Override
        public int hashCode() {
            return Objects.hash(name, secret);
        }
    }

    public static class Ignoring {
        private String name = "";

        @JsonIgnore
        private String secret = "";

        public String getName() {
            return name;
        }

        public void setName(String name) {
            this.name = name;
        }

        public String getSecret() {
            return secret;
        }

        public void setSecret(String secret) {
            this.secret = secret;
        }
    }

    public static class WriteOnly {
        @JsonProperty(access = JsonProperty.Access.WRITE_ONLY)
        private String secret = "";

        private String name = "";

        public String getName() {
            return name;
        }

        public void setName(String name) {
            this.name = name;
        }

        public String getSecret() {
            return secret;
        }

        public void setSecret(String secret) {
            this.secret = secret;
        }
    }

    /** As Joda's money: a constructor for serialization, and getters that no setter belongs to. */
    public static final class Money {
        private final Long cents;

        private Money() {
            this.cents = null;
        }

        private Money(long cents) {
            this.cents = cents;
        }

        public long getAmount() {
            return cents;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Money that && cents.equals(that.cents);
        }

        @Override
        public int hashCode() {
            return cents.hashCode();
        }
    }

    /** Its setter changes what it is given, and it has no equality of its own. */
    public static class Shouting {
        private String text = "";

        public String getText() {
            return text;
        }

        public void setText(String text) {
            this.text = text + "!";
        }
    }

    public static class Holder {
        private Timestamp at = new Timestamp(0);

        public Timestamp getAt() {
            return at;
        }

        public void setAt(Timestamp at) {
            this.at = at;
        }
    }

    /** All members, without equality; one is computed, one is no state. */
    public static class Whole {
        private String name = "";
        private transient int calls;
        private boolean isActive;
        public int[] numbers = {};

        public String getName() {
            calls++;
            return name;
        }

        public void setName(String name) {
            this.name = name;
        }

        public boolean isActive() {
            return isActive;
        }

        public void setActive(boolean active) {
            isActive = active;
        }

        public int getLength() {
            return name.length() + calls;
        }
    }

    record Timed(Timestamp at) {}

    record Mixed(Object value) {}

    static Stream<Arguments> changed() {
        Tagged tagged = new Tagged();
        tagged.tags.add("a");
        tagged.tags.owner = "me";
        GetterOnly getterOnly = new GetterOnly();
        getterOnly.items.add("a");
        SetterOnly setterOnly = new SetterOnly();
        setterOnly.secret = "s";
        Shouting shouting = new Shouting();
        shouting.text = "x";
        Holder holder = new Holder();
        holder.at = nanos();
        Calendar berlin = new GregorianCalendar(TimeZone.getTimeZone("Europe/Berlin"));
        Set<String> identities = Collections.newSetFromMap(new IdentityHashMap<>());
        identities.add("a");
        identities.add(new String("a"));
        Properties defaults = new Properties();
        defaults.setProperty("a", "b");
        return Stream.of(
                changed(nanos(), Timestamp.class),
                changed(new Timed(nanos()), Timed.class),
                changed(holder, Holder.class),
                changed(new Time(1_700_000_000_123L), Time.class),
                changed(berlin, Calendar.class),
                changed(berlin, GregorianCalendar.class),
                changed(Pattern.compile("a", Pattern.CASE_INSENSITIVE), Pattern.class),
                changed(new SimpleTimeZone(3_600_000, "X"), TimeZone.class),
                changed(new SimpleTimeZone(3_600_000, "X"), SimpleTimeZone.class),
                changed(new AtomicReference<>(), new TypeRef<AtomicReference<String>>() {}),
                changed(new Properties(defaults), Properties.class),
                changed(tagged.tags, Tags.class),
                changed(tagged, Tagged.class),
                changed(getterOnly, GetterOnly.class),
                changed(setterOnly, SetterOnly.class),
                changed(new Ignoring(), Ignoring.class),
                changed(new WriteOnly(), WriteOnly.class),
                changed(new Money(5), Money.class),
                changed(shouting, Shouting.class),
                changed(Set.of(1, 1L), new TypeRef<Set<Object>>() {}),
                changed(Set.of(1, 1L), new TypeRef<Set<Number>>() {}),
                changed(Set.of(new Mixed(1), new Mixed(1L)), new TypeRef<Set<Mixed>>() {}),
                changed(Set.of(List.of("a"), List.of('a')), new TypeRef<Set<List<Object>>>() {}),
                changed(identities, new TypeRef<Set<String>>() {}),
                changed(1, new TypeRef<Comparable<Integer>>() {}));
    }

    @ParameterizedTest(name = "{1}")
    @MethodSource("changed")
    void aValueThatWouldComeBackAsAnotherOneIsRefused(Object value, TypeRef<?> type) {
        assertThatThrownBy(() -> codec.encode(value, type))
                .isInstanceOf(CodecException.class)
                .hasMessageStartingWith("cannot encode " + type);
    }

    @Test
    void theRefusalNamesThePathAndWhatToUse() {
        assertThatThrownBy(() -> codec.encode(List.of(new Timed(nanos())), new TypeRef<List<Timed>>() {}))
                .hasMessageContaining("java.sql.Timestamp would come back as another one; use java.time.Instant")
                .extracting(e -> ((CodecException) e).path())
                .isEqualTo("$[0].at");
        Holder holder = new Holder();
        holder.setAt(nanos());
        assertThatThrownBy(() -> codec.encode(holder, TypeRef.of(Holder.class)))
                .extracting(e -> ((CodecException) e).path())
                .isEqualTo("$.at");
    }

    /** Not the first value only: whether a class loses something depends on the value. */
    @Test
    void everyValueIsCheckedThatNoShapeProves() {
        codec.encode(new Timestamp(1), TypeRef.of(Timestamp.class));

        assertThatThrownBy(() -> codec.encode(nanos(), TypeRef.of(Timestamp.class)))
                .isInstanceOf(CodecException.class);
    }

    @Test
    void beansWithoutEqualityComeBackMemberByMember() {
        Whole whole = new Whole();
        whole.setName("n");
        whole.setActive(true);
        whole.numbers = new int[] {1, 2};

        Whole copy = codec.decode(codec.encode(whole, TypeRef.of(Whole.class)), TypeRef.of(Whole.class));

        assertThat(copy.name).isEqualTo("n");
        assertThat(copy.isActive).isTrue();
        assertThat(copy.numbers).containsExactly(1, 2);
    }

    @Test
    void typesWithoutEqualityOfTheJdkComeBackWithTheSameForm() {
        assertThat(copy(new AtomicInteger(3), TypeRef.of(AtomicInteger.class))).hasValue(3);
        assertThat(copy(new AtomicReference<>("x"), new TypeRef<AtomicReference<String>>() {}))
                .hasValue("x");
        assertThat(copy(new StringBuilder("x"), TypeRef.of(StringBuilder.class)))
                .hasToString("x");
        assertThat(copy(Pattern.compile("(?i)a"), TypeRef.of(Pattern.class)).matcher("A"))
                .matches();
    }

    @Test
    void relativePathsStayRelativeWhateverTheWorkingDirectoryIs() {
        for (String text : List.of("a/b", "", "..", "./a", "a b/ü")) {
            assertThat(copy(Path.of(text), TypeRef.of(Path.class))).isEqualTo(Path.of(text));
            assertThat(copy(new File(text), TypeRef.of(File.class))).isEqualTo(new File(text));
        }
        assertThat(codec.encode(Path.of("a/b"), TypeRef.of(Path.class)))
                .isEqualTo(codec.encode("a/b", TypeRef.of(String.class)));
        assertThat(digest(Path.of("a/b"), Path.class)).isEqualTo(digest("a/b", String.class));
        assertThat(digest(new File("a/b"), File.class)).isEqualTo(digest("a/b", String.class));
    }

    @Test
    void thePathOfADirectoryHasTheSameDigestBeforeTheDirectoryIsMade(@TempDir Path directory) throws Exception {
        Path made = directory.resolve("d");
        byte[] before = digest(made, Path.class);
        byte[] bytes = codec.encode(made, TypeRef.of(Path.class));

        Files.createDirectory(made);

        assertThat(digest(made, Path.class)).isEqualTo(before);
        assertThat(codec.encode(made, TypeRef.of(Path.class))).isEqualTo(bytes);
        assertThat(codec.decode(bytes, TypeRef.of(Path.class))).isEqualTo(made);
    }

    @Test
    void digestsOfPathsThatEarlierReleasesMadeAreRecognized(@TempDir Path directory) {
        for (Path path : List.of(directory, Path.of("a/b"))) {
            byte[] former = digest(path.toUri().toString(), String.class);

            assertThat(codec.matches(former, new Object[] {path}, List.of(TypeRef.of(Path.class))))
                    .isTrue();
        }
        byte[] former = digest(new File("a").getAbsolutePath(), String.class);
        assertThat(codec.matches(former, new Object[] {new File("a")}, List.of(TypeRef.of(File.class))))
                .isTrue();
    }

    @Test
    void setsOfPlainDataWithDistinctFormsAreStored() {
        Set<Object> set = new LinkedHashSet<>(List.of(1, "1", 1.5, true));

        assertThat(copy(set, new TypeRef<Set<Object>>() {})).isEqualTo(set);
    }

    private static Timestamp nanos() {
        return Timestamp.from(Instant.ofEpochSecond(1, 123_456_789));
    }

    private static Arguments changed(Object value, Class<?> type) {
        return changed(value, TypeRef.of(type));
    }

    private static Arguments changed(Object value, TypeRef<?> type) {
        return Arguments.of(value, type);
    }

    private <T> T copy(T value, TypeRef<T> type) {
        return codec.decode(codec.encode(value, type), type);
    }

    private byte[] digest(Object value, Class<?> type) {
        return codec.digest(new Object[] {value}, List.of(TypeRef.of(type)));
    }
}
