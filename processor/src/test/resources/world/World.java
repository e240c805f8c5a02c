package com.acme;

import com.fasterxml.jackson.annotation.*;
import java.util.*;
import javax.money.MonetaryAmount;
import lombok.*;
import lombok.extern.jackson.Jacksonized;
import org.javamoney.moneta.*;
import org.joda.time.*;

/** Values as applications have them; each has one sample. */
public final class World {
    @Value
    public static class LombokValue { String text; List<Integer> numbers; }

    @Value
    @Builder
    public static class LombokBuilder { String text; int number; }

    @Value
    @Builder
    @Jacksonized
    public static class LombokJacksonized { String text; int number; @Singular List<String> tags; }

    @Value
    @Builder
    @AllArgsConstructor
    public static class LombokBuilderAndConstructor { String text; @Builder.Default int number = 3; }

    @Value(staticConstructor = "of")
    public static class LombokOf { String text; int number; }

    @Value
    public static class LombokWither { @With String text; @NonNull Optional<String> other; }

    @Data
    public static class LombokData { private String text; private boolean isActive; private String aName; private Instant when; }

    @Data
    @Builder
    public static class LombokDataBuilder { private String text; }

    @Data
    @Builder
    @NoArgsConstructor
    @AllArgsConstructor
    public static class LombokDataAll { private String text; private Map<String, LombokData> more; }

    @Getter
    @Setter
    public static class LombokBase { private String base; }

    @Data
    public static class LombokChild extends LombokBase { private String own; }

    @Data
    public static class LombokHidden {
        private String text;

        @EqualsAndHashCode.Exclude
        @Getter(AccessLevel.NONE)
        @Setter(AccessLevel.NONE)
        private String secret;
    }

    @Data
    public static class LombokExcluded {
        private String text;

        @EqualsAndHashCode.Exclude
        private String note;
    }

    @Value
    public static class LombokLazy {
        String text;

        @Getter(lazy = true)
        int length = text.length();
    }

    @Value
    @lombok.experimental.Accessors(fluent = true)
    public static class LombokFluent { String text; }

    @Data
    @lombok.experimental.Accessors(chain = true)
    public static class LombokChain { private String text; }

    public static class Bean {
        private String text;
        private int[] numbers;
        public String getText() { return text; }
        public void setText(String text) { this.text = text; }
        public int[] getNumbers() { return numbers; }
        public void setNumbers(int[] numbers) { this.numbers = numbers; }
    }

    public static class BeanWithoutSetter {
        private String text;
        public String getText() { return text; }
    }

    public static class BeanWithoutGetter {
        private String text;
        public void setText(String text) { this.text = text; }
    }

    public static class Fields { public String text; public List<String> all; }

    public static class HiddenState {
        private final List<String> all = new ArrayList<>();
        private int count;
        public int getCount() { return count; }
        public void setCount(int count) { this.count = count; }
        public void add(String text) { all.add(text); }
    }

    public static class Creator {
        private final String text;
        @JsonCreator
        public Creator(@JsonProperty("t") String text) { this.text = text; }
        @JsonProperty("t")
        public String text() { return text; }
        @Override public boolean equals(Object other) { return other instanceof Creator c && c.text.equals(text); }
        @Override public int hashCode() { return text.hashCode(); }
    }

    public static class Code {
        private final String code;
        private Code(String code) { this.code = code; }
        @JsonCreator
        public static Code of(String code) { return new Code(code); }
        @JsonValue
        public String code() { return code; }
    }

    public static class Ignored {
        public String text;
        @JsonIgnore
        public String secret;
    }

    @JsonIgnoreProperties("secret")
    public static class IgnoredByClass {
        public String text;
        public String secret;
        @Override public boolean equals(Object other) { return other instanceof IgnoredByClass i && Objects.equals(text, i.text); }
        @Override public int hashCode() { return 1; }
    }

    public static class WriteOnly {
        public String text;
        @JsonProperty(access = JsonProperty.Access.WRITE_ONLY)
        public String password;
        @Override public boolean equals(Object other) { return other instanceof WriteOnly i && Objects.equals(text, i.text); }
        @Override public int hashCode() { return 1; }
    }

    public static class ReadOnly {
        public String text;
        @JsonProperty(access = JsonProperty.Access.READ_ONLY)
        public String id;
        @Override public boolean equals(Object other) { return other instanceof ReadOnly i && Objects.equals(text, i.text); }
        @Override public int hashCode() { return 1; }
    }

    @JsonInclude(JsonInclude.Include.NON_DEFAULT)
    public static class NonDefault { public String text = "x"; public int number = 7; public Integer none = 4; }

    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    public static class NonEmpty { public List<String> all; public String text; }

    public static class Dated {
        @JsonFormat(shape = JsonFormat.Shape.STRING, pattern = "yyyy-MM-dd")
        public java.time.LocalDateTime at;
    }

    @JsonFormat(shape = JsonFormat.Shape.ARRAY)
    public static class AsArray { public String text; public int number; }

    public static class Unwrapping { @JsonUnwrapped public Bean bean; public String own; }

    public static class Anything {
        private final Map<String, Object> all = new TreeMap<>();
        @JsonAnyGetter public Map<String, Object> all() { return all; }
        @JsonAnySetter public void set(String name, Object value) { all.put(name, value); }
    }

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
    @JsonSubTypes({@JsonSubTypes.Type(value = Dog.class, name = "dog"), @JsonSubTypes.Type(value = Cat.class, name = "cat")})
    public interface Animal {}
    public record Dog(String name) implements Animal {}
    public record Cat(int lives) implements Animal {}

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
    @JsonSubTypes({@JsonSubTypes.Type(value = Car.class, name = "car")})
    public abstract static class Vehicle { public int wheels; }
    public static class Car extends Vehicle { public String plate; }

    /** Not abstract: a subclass would come back as its superclass. */
    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
    @JsonSubTypes({@JsonSubTypes.Type(value = Oak.class, name = "oak")})
    public static class Tree { public int height; }
    public static class Oak extends Tree { public String name; }

    /** The same, and equals does not see it. */
    public static class Base {
        public int id;
        @Override public boolean equals(Object other) { return other instanceof Base b && b.id == id; }
        @Override public int hashCode() { return id; }
    }
    public static class Derived extends Base { public String extra; }

    @JsonTypeInfo(use = JsonTypeInfo.Id.CLASS)
    public sealed interface SealedTyped permits One, Two {}
    public record One(int n) implements SealedTyped {}
    public record Two(String s) implements SealedTyped {}

    public record Zoo(List<Animal> animals) {}
    @JsonIdentityInfo(generator = ObjectIdGenerators.PropertyGenerator.class, property = "id")
    public static class Node { public String id; public Node next; }

    public static class Parent { public String name; @JsonManagedReference public List<Child> children; }
    public static class Child { public String name; @JsonBackReference public Parent parent; }

    public record Price(MonetaryAmount amount) {}
    public record FastPrice(FastMoney amount) {}
    public record FastAmount(MonetaryAmount amount) {}
    public record At(DateTime at) {}
    public record ZonedAt(DateTime at) {}
    public record On(LocalDate on, org.joda.time.Duration lasts) {}

    private static <T> T with(T value, java.util.function.Consumer<T> change) { change.accept(value); return value; }

    public static Map<String, Object> samples() {
        Map<String, Object> all = new LinkedHashMap<>();
        put(all, new LombokValue("a", List.of(1)));
        put(all, LombokBuilder.builder().text("a").number(3).build());
        put(all, LombokJacksonized.builder().text("a").number(3).tag("x").build());
        put(all, LombokBuilderAndConstructor.builder().text("a").build());
        put(all, LombokOf.of("a", 2));
        put(all, new LombokWither("a", Optional.of("b")));
        put(all, with(new LombokData(), v -> { v.setText("a"); v.setActive(true); v.setAName("n"); }));
        put(all, LombokDataBuilder.builder().text("a").build());
        put(all, LombokDataAll.builder().text("a").more(Map.of("k", new LombokData())).build());
        put(all, with(new LombokChild(), v -> { v.setBase("b"); v.setOwn("o"); }));
        put(all, with(new LombokHidden(), v -> { v.setText("a"); v.secret = "s"; }));
        put(all, with(new LombokExcluded(), v -> { v.setText("a"); v.setNote("s"); }));
        put(all, with(new LombokLazy("abc"), LombokLazy::getLength));
        put(all, new LombokFluent("a"));
        put(all, new LombokChain().setText("a"));
        put(all, with(new Bean(), v -> { v.setText("a"); v.setNumbers(new int[] {1}); }));
        put(all, with(new BeanWithoutSetter(), v -> v.text = "a"));
        put(all, with(new BeanWithoutGetter(), v -> v.text = "a"));
        put(all, with(new Fields(), v -> { v.text = "a"; v.all = List.of("b"); }));
        put(all, with(new HiddenState(), v -> v.add("a")));
        put(all, new Creator("a"));
        put(all, Code.of("a"));
        put(all, with(new Ignored(), v -> v.secret = "s"));
        put(all, with(new IgnoredByClass(), v -> v.secret = "s"));
        put(all, with(new WriteOnly(), v -> v.password = "s"));
        put(all, with(new ReadOnly(), v -> v.id = "s"));
        put(all, with(new NonDefault(), v -> { v.text = null; v.number = 0; v.none = null; }));
        put(all, with(new NonEmpty(), v -> v.all = List.of()));
        put(all, with(new Dated(), v -> v.at = java.time.LocalDateTime.of(2024, 1, 1, 2, 3)));
        put(all, with(new AsArray(), v -> v.text = "t"));
        put(all, with(new Unwrapping(), v -> { v.bean = new Bean(); v.bean.setText("a"); v.own = "o"; }));
        put(all, with(new Anything(), v -> v.set("a", 1)));
        put(all, new Zoo(List.of(new Dog("Rex"), new Cat(9))));
        all.put("Animal", new Dog("Rex"));
        all.put("Vehicle", with(new Car(), v -> { v.wheels = 4; v.plate = "p"; }));
        all.put("Tree", with(new Oak(), v -> v.name = "n"));
        all.put("Base", with(new Derived(), v -> v.extra = "n"));
        all.put("SealedTyped", new One(1));
        put(all, with(new Node(), v -> { v.id = "a"; v.next = v; }));
        put(all, with(new Parent(), v -> { Child c = new Child(); c.parent = v; v.children = List.of(c); }));
        put(all, new Price(Money.of(new java.math.BigDecimal("12.50"), "EUR")));
        put(all, new FastPrice(FastMoney.of(3, "EUR")));
        put(all, new FastAmount(FastMoney.of(3, "EUR")));
        put(all, new At(new DateTime(5L, DateTimeZone.UTC)));
        put(all, new ZonedAt(new DateTime(5L, DateTimeZone.forID("Europe/Paris"))));
        put(all, new On(LocalDate.parse("2024-06-01"), org.joda.time.Duration.millis(5)));
        return all;
    }

    private static void put(Map<String, Object> all, Object sample) {
        all.put(sample.getClass().getSimpleName(), sample);
    }
}
