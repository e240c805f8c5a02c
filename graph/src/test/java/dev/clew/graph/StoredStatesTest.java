package dev.clew.graph;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.clew.engine.format.MembersCodec;
import dev.clew.json.JsonCodec;
import dev.clew.value.Codec;
import dev.clew.value.TypeRef;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A state that is read from a full one and its changes has the bytes of one that was stored in full each time, whatever
 * containers reducers give.
 */
final class StoredStatesTest {
    private static final Codec CODEC = MembersCodec.over(JsonCodec.standard());

    /** Equal to all others of its name. */
    record Item(String name, @Nullable Double weight, List<String> tags) {
        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Item that && name.equals(that.name);
        }

        @Override
        public int hashCode() {
            return name.hashCode();
        }
    }

    private static final StateSpec<StateValues> STATE = StateSpec.of(
            StateValues.class,
            values -> values,
            StateValues::array,
            component("list", new TypeRef<List<@Nullable Integer>>() {}, List.of()),
            component("doubles", new TypeRef<List<Double>>() {}, List.of()),
            component("items", new TypeRef<List<Item>>() {}, List.of()),
            component("all", new TypeRef<Collection<String>>() {}, List.of()),
            component("set", new TypeRef<Set<Item>>() {}, Set.of()),
            component("words", new TypeRef<Set<String>>() {}, Set.of()),
            component("sorted", new TypeRef<SortedSet<String>>() {}, new TreeSet<>()),
            component("map", new TypeRef<Map<String, @Nullable Integer>>() {}, Map.of()),
            component("links", new TypeRef<Map<URI, Integer>>() {}, Map.of()),
            component("tree", new TypeRef<NavigableMap<Integer, List<String>>>() {}, new TreeMap<>()),
            component("text", TypeRef.of(String.class), ""),
            component("array", TypeRef.of(int[].class), new int[0]),
            component("maybe", new TypeRef<Optional<String>>() {}, Optional.empty()),
            component("item", TypeRef.of(Item.class), null).nullable());

    private static final StateChanges CHANGES = new StateChanges(STATE);
    private static final TypeRef<StateValues> VALUES = STATE.valuesType();

    private static <V extends @Nullable Object> Component<V, V> component(String name, TypeRef<V> type, V start) {
        return Component.lastValue(name, type, start);
    }

    private Random random = new Random();
    private int changes;

    private static StateValues read(byte[] stored) {
        return Objects.requireNonNull(CODEC.decode(stored, VALUES));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void haveTheBytesOfThoseThatAreStoredInFull(int seed) {
        for (int round = 0; round < 200; round++) {
            random = new Random(1_000L * seed + round);
            byte[] full = CODEC.encode(STATE.start(), VALUES);
            List<byte[]> since = new ArrayList<>();
            StateValues now = read(full);
            for (int step = 0; step < 8; step++) {
                StateValues next = next(now);
                byte[] whole = CODEC.encode(next, VALUES);
                StateChange change = CHANGES.between(now, next);
                if (change == null) {
                    full = whole;
                    since.clear();
                } else {
                    since.add(CODEC.encode(change, CHANGES.type()));
                    changes++;
                }
                now = CHANGES.after(
                        read(full),
                        since.stream()
                                .map(bytes -> Objects.requireNonNull(CODEC.decode(bytes, CHANGES.type())))
                                .toList());
                assertThat(new String(CODEC.encode(now, VALUES), UTF_8))
                        .as("seed " + seed + ", round " + round + ", step " + step + " after "
                                + since.stream()
                                        .map(bytes -> new String(bytes, UTF_8))
                                        .toList())
                        .isEqualTo(new String(CODEC.encode(read(whole), VALUES), UTF_8));
            }
        }
        assertThat(changes).isGreaterThan(500);
    }

    private StateValues next(StateValues now) {
        @Nullable Object[] values = now.array().clone();
        List<? extends Component<?, ?>> components = STATE.components();
        for (int i = 0; i < values.length; i++) {
            if (random.nextInt(3) == 0) {
                values[i] = next(components.get(i).name(), values[i]);
            }
        }
        return new StateValues(STATE.channels(), values);
    }

    private @Nullable Object next(String component, @Nullable Object was) {
        return switch (component) {
            case "list" -> list(was, () -> random.nextInt(4) == 0 ? null : Integer.valueOf(random.nextInt(300)));
            case "doubles" -> list(was, () -> List.of(-0.0, 0.0, 1e300, 1.0).get(random.nextInt(4)));
            case "items" -> list(was, this::item);
            case "all" -> random.nextInt(4) == 0 ? set(was, this::word) : list(was, this::word);
            case "set" -> set(was, this::item);
            case "words" -> random.nextInt(3) == 0 ? new TreeSet<>(elements(was, this::word)) : set(was, this::word);
            case "sorted" -> new TreeSet<>(elements(was, this::word));
            case "map" -> map(was, this::word, () -> random.nextBoolean() ? null : random.nextInt(300));
            case "links" -> map(was, () -> URI.create(random.nextBoolean() ? "http://a.b/" : "http://A.b/"), () -> 1);
            case "tree" -> new TreeMap<>(map(was, () -> random.nextInt(300), () -> List.of(word())));
            case "text" -> random.nextInt(4) == 0 ? word() : was + word();
            case "array" -> new int[] {random.nextInt(3)};
            case "maybe" -> random.nextBoolean() ? Optional.empty() : Optional.of(word());
            default -> random.nextBoolean() ? null : item();
        };
    }

    private String word() {
        return List.of("", "a", "b", "ab", "\u65e5", "\ud83d\ude00", "\"").get(random.nextInt(7));
    }

    private Item item() {
        return new Item(word(), random.nextBoolean() ? null : random.nextDouble(), List.of(word()));
    }

    /** The elements there were, changed in some way. */
    private <E> List<E> elements(@Nullable Object was, Supplier<E> made) {
        @SuppressWarnings("unchecked") // of this component
        List<E> list = new ArrayList<>((Collection<E>) Objects.requireNonNull(was));
        switch (random.nextInt(8)) {
            case 0 -> Collections.shuffle(list, random);
            case 1 -> list.add(random.nextInt(list.size() + 1), made.get());
            case 2 -> list.subList(0, random.nextInt(list.size() + 1)).clear();
            case 3 -> {
                if (!list.isEmpty()) {
                    list.add(list.remove(random.nextInt(list.size())));
                }
            }
            case 4 ->
                list.addAll(List.copyOf(
                        list.stream().filter(Objects::nonNull).limit(3).toList()));
            case 5 -> {
                if (!list.isEmpty()) {
                    list.set(random.nextInt(list.size()), made.get());
                }
            }
            default -> {
                list.add(made.get());
                list.add(made.get());
            }
        }
        return list;
    }

    private <E> List<E> list(@Nullable Object was, Supplier<E> made) {
        List<E> list = elements(was, made);
        return random.nextBoolean() ? list : new LinkedList<>(list);
    }

    private <E> Set<E> set(@Nullable Object was, Supplier<E> made) {
        List<E> list = elements(was, made);
        return random.nextBoolean() ? new LinkedHashSet<>(list) : new HashSet<>(list);
    }

    private <K, V> Map<K, V> map(@Nullable Object was, Supplier<K> key, Supplier<V> value) {
        @SuppressWarnings("unchecked") // of this component
        Map<K, V> before = (Map<K, V>) Objects.requireNonNull(was);
        Map<K, V> map = random.nextInt(4) == 0 ? new HashMap<>() : new LinkedHashMap<>();
        for (K k : elements(before.keySet(), key)) {
            map.put(k, before.containsKey(k) ? before.get(k) : value.get());
        }
        if (random.nextBoolean()) {
            map.put(key.get(), value.get());
        }
        return map;
    }
}
