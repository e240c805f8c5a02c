// file: Zoo
import dev.clew.annotations.Context;
import dev.clew.annotations.Entrypoint;
import dev.clew.annotations.Previous;
import dev.clew.annotations.Task;
import dev.clew.flow.Final;
import dev.clew.flow.Run;
import dev.clew.interrupt.InterruptKey;
import dev.clew.task.TaskFuture;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.Deque;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Right programs, one in each entrypoint: the lint says nothing about any of them. */
class Zoo extends Keeper<String> {
    enum Kind { LION, SEAL, CROW }

    record Animal(String name, Kind kind, int age) {
        static Animal young(String name) {
            return new Animal(name, Kind.SEAL, 0);
        }

        Animal older() {
            return new Animal(name, kind, age + 1);
        }
    }

    sealed interface Order permits Feed, Clean {}

    record Feed(String food) implements Order {}

    record Clean() implements Order {}

    static final InterruptKey<String, Boolean> OK = InterruptKey.of("ok", String.class, Boolean.class);

    private static final Logger LOG = Logger.getLogger("zoo");
    private static final Duration HOUR = Duration.ofHours(1);
    private static final List<String> FOODS = List.of("fish", "hay");
    private static final Map<String, Integer> PRICES = Map.of("fish", 3, "hay", 1);
    private final Shop shop;
    private final Function<String, String> greeting = name -> "hello " + name;

    Zoo(Shop shop) {
        this.shop = shop;
    }

    @Entrypoint
    String p01(String input, ZooTasks tasks) {
        return tasks.feed(input).join();
    }

    @Entrypoint
    int p02(List<String> input, ZooTasks tasks) {
        List<TaskFuture<Integer>> futures = new ArrayList<>();
        for (String each : input) {
            futures.add(tasks.weigh(each));
        }
        int sum = 0;
        for (TaskFuture<Integer> each : futures) {
            sum += each.join();
        }
        return sum;
    }

    @Entrypoint
    int p03(List<String> input, ZooTasks tasks) {
        List<TaskFuture<Integer>> futures = input.stream().map(tasks::weigh).toList();
        return futures.stream().mapToInt(TaskFuture::join).sum();
    }

    @Entrypoint
    String p04(String input, ZooTasks tasks) {
        LOG.info("begins " + input);
        LOG.fine(() -> String.format(Locale.ROOT, "%s at %d", input, 1));
        System.out.println(input);
        return String.format("%s-%s", input, tasks.feed(input).join());
    }

    @Entrypoint
    String p05(String input, ZooTasks tasks) {
        return Optional.of(input)
                .filter(text -> !text.isBlank())
                .map(text -> tasks.feed(text).join())
                .orElseGet(() -> tasks.feed("hay").join());
    }

    @Entrypoint
    String p06(Animal input, ZooTasks tasks) {
        return switch (input.kind()) {
            case LION -> tasks.feed("meat").join();
            case SEAL -> tasks.feed("fish").join();
            case CROW -> "";
        };
    }

    @Entrypoint
    String p07(Order input, ZooTasks tasks) {
        if (input instanceof Feed feed) {
            return tasks.feed(feed.food()).join();
        }
        return "clean";
    }

    @Entrypoint
    String p08(Map<String, Integer> input, ZooTasks tasks) {
        StringBuilder text = new StringBuilder();
        for (Map.Entry<String, Integer> each : new TreeMap<>(input).entrySet()) {
            text.append(tasks.feed(each.getKey()).join()).append(each.getValue());
        }
        return text.toString();
    }

    @Entrypoint
    String p09(Set<String> input, ZooTasks tasks) {
        input.forEach(each -> tasks.feed(each).join()); // decoded in the order in which it was encoded
        return "";
    }

    @Entrypoint
    String p10(String input, ZooTasks tasks) {
        Set<String> names = Set.of("b", "a");
        List<String> sorted = names.stream().sorted().toList();
        sorted.forEach(each -> tasks.feed(each).join());
        return input;
    }

    @Entrypoint
    String p11(List<String> input, ZooTasks tasks) {
        List<String> all = new ArrayList<>(new HashSet<>(input));
        all.sort(Comparator.naturalOrder());
        for (String each : all) {
            tasks.feed(each).join();
        }
        return "";
    }

    @Entrypoint
    String p12(List<String> input, ZooTasks tasks) {
        List<String> all = new ArrayList<>(Set.copyOf(input));
        Collections.sort(all, Comparator.reverseOrder());
        return tasks.feedAll(all).join();
    }

    @Entrypoint
    String p13(List<Animal> input, ZooTasks tasks) {
        Map<Kind, List<Animal>> byKind =
                input.stream().collect(Collectors.groupingBy(Animal::kind, TreeMap::new, Collectors.toList()));
        byKind.forEach((kind, animals) -> tasks.feed(kind.name() + animals.size()).join());
        return "";
    }

    @Entrypoint
    String p14(List<Animal> input, ZooTasks tasks) {
        Map<String, Integer> ages = input.stream()
                .collect(Collectors.toMap(Animal::name, Animal::age, Integer::max, LinkedHashMap::new));
        for (String name : ages.keySet()) {
            tasks.feed(name).join();
        }
        return "";
    }

    @Entrypoint
    String p15(List<Animal> input, ZooTasks tasks) {
        Map<String, Integer> counts = new HashMap<>();
        for (Animal each : input) {
            counts.merge(each.name(), 1, Integer::sum);
        }
        return tasks.store(counts).join();
    }

    @Entrypoint
    int p16(List<String> input, ZooTasks tasks) {
        Map<String, TaskFuture<Integer>> futures = new HashMap<>();
        for (String each : input) {
            futures.put(each, tasks.weigh(each));
        }
        int sum = 0;
        for (TaskFuture<Integer> each : futures.values()) {
            sum += each.join();
        }
        return sum;
    }

    @Entrypoint
    Map<String, Integer> p17(List<String> input, ZooTasks tasks) {
        Map<String, TaskFuture<Integer>> futures = new HashMap<>();
        input.forEach(each -> futures.put(each, tasks.weigh(each)));
        Map<String, Integer> weights = new TreeMap<>();
        futures.forEach((name, weight) -> weights.put(name, weight.join()));
        return weights;
    }

    @Entrypoint
    String p18(List<String> input, ZooTasks tasks) {
        Set<String> seen = new HashSet<>();
        for (String each : input) {
            if (seen.add(each)) {
                tasks.feed(each).join();
            }
        }
        return "" + seen.size();
    }

    @Entrypoint
    String p19(List<String> input, ZooTasks tasks) {
        Map<String, Integer> some = new HashMap<>();
        input.forEach(each -> some.put(each, each.length()));
        Map<String, Integer> all = new HashMap<>();
        all.putAll(some);
        all = new TreeMap<>(all);
        for (String each : all.keySet()) {
            tasks.feed(each).join();
        }
        return "";
    }

    @Entrypoint
    String p20(String input, ZooTasks tasks) {
        try {
            return tasks.feed(input).join();
        } catch (RuntimeException failure) {
            return tasks.feed("hay").join();
        } finally {
            tasks.clean().join();
        }
    }

    @Entrypoint
    String p21(String input, ZooTasks tasks) {
        try {
            return tasks.feed(input).join();
        } catch (Throwable failure) {
            if (failure instanceof Error error) {
                throw error;
            }
            return "";
        }
    }

    @Entrypoint
    String p22(String input, ZooTasks tasks) throws Throwable {
        try {
            return tasks.feed(input).join();
        } catch (Throwable failure) {
            LOG.warning(failure.getMessage());
            throw failure;
        }
    }

    @Entrypoint
    String p23(String input, ZooTasks tasks) {
        try {
            return tasks.feed(input).join();
        } catch (Throwable failure) {
            rethrow(failure);
            return "";
        }
    }

    private static void rethrow(Throwable failure) {
        if (failure instanceof Error error) {
            throw error;
        }
        throw new IllegalStateException(failure);
    }

    @Entrypoint
    String p24(String input, ZooTasks tasks) {
        int number;
        try {
            number = Integer.parseInt(input);
        } catch (Throwable failure) { // no durable call in it
            number = 0;
        }
        return tasks.feed("" + number).join();
    }

    @Entrypoint
    String p25(String input, Run run) {
        Instant now = run.now();
        LocalDate today = LocalDate.ofInstant(now, ZoneOffset.UTC);
        run.sleep(HOUR.plusMinutes(1));
        return today.plusDays(1).toString() + Duration.between(now, run.now()).isNegative();
    }

    @Entrypoint
    String p26(String input, Run run) {
        Clock clock = Clock.fixed(run.now(), ZoneOffset.UTC);
        return stamp(clock) + LocalDate.now(clock) + clock.instant();
    }

    private static String stamp(Clock clock) {
        return clock.instant().toString() + Instant.now(clock);
    }

    @Entrypoint
    int p27(String input, Run run) {
        Random dice = run.random();
        List<Integer> numbers = new ArrayList<>(List.of(1, 2, 3));
        Collections.shuffle(numbers, dice);
        return numbers.get(0) + dice.nextInt(6) + new Random(input.length()).nextInt();
    }

    @Entrypoint
    String p28(String input, Run run) {
        UUID id = run.randomUuid();
        return id + "" + UUID.nameUUIDFromBytes(input.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }

    @Entrypoint
    String p29(String input, Run run, ZooTasks tasks) {
        boolean ok = run.interrupt(OK, input);
        return ok ? tasks.feed(input).join() : "no";
    }

    @Entrypoint
    String p30(String input, Run run, ZooTasks tasks) {
        int attempts = 0;
        while (!run.interrupt(OK, input + attempts)) {
            attempts++;
        }
        return "" + attempts;
    }

    @Entrypoint
    String p31(String input, Run run) {
        String page = run.task("load", String.class, () -> {
                    Instant now = Instant.now();
                    return "" + shop.price(input) + now + System.getenv("HOME");
                })
                .join();
        return page.strip();
    }

    @Entrypoint
    int p32(String input, Run run) {
        return run.task("price", Integer.class, () -> shop.price(input)).join();
    }

    @Entrypoint
    String p33(String input, ZooTasks tasks) {
        Supplier<String> later = () -> tasks.feed(input).join();
        return input.isEmpty() ? "" : later.get();
    }

    @Entrypoint
    String p34(String input, ZooTasks tasks) {
        BiFunction<String, Integer, String> repeat = String::repeat;
        Function<String, String> twice = text -> repeat.apply(text, 2);
        return twice.andThen(text -> tasks.feed(text).join()).apply(input);
    }

    @Entrypoint
    String p35(String input, ZooTasks tasks) {
        return helper(input, 3, tasks);
    }

    private String helper(String text, int depth, ZooTasks tasks) {
        return depth == 0 ? tasks.feed(text).join() : helper(text + depth, depth - 1, tasks);
    }

    @Entrypoint
    String p36(String input, ZooTasks tasks) {
        return inherited(greeting.apply(input)) + tasks.same(input).join();
    }

    @Entrypoint
    String p37(String input, ZooTasks tasks) {
        AtomicInteger count = new AtomicInteger();
        List.of("a", "b").forEach(each -> count.addAndGet(tasks.weigh(each).join()));
        return "" + count.get();
    }

    @Entrypoint
    String p38(String input, ZooTasks tasks) {
        Deque<String> next = new ArrayDeque<>(List.of(input));
        List<String> done = new ArrayList<>();
        while (!next.isEmpty()) {
            String each = next.poll();
            done.add(tasks.feed(each).join());
            if (done.size() < 3) {
                next.push(each + "+");
            }
        }
        return String.join(",", done);
    }

    @Entrypoint
    String p39(String input, ZooTasks tasks) {
        for (Kind kind : EnumSet.allOf(Kind.class)) {
            tasks.feed(kind.name()).join();
        }
        for (Kind kind : Kind.values()) {
            tasks.feed(kind.name()).join();
        }
        return "";
    }

    @Entrypoint
    String p40(List<Animal> input, ZooTasks tasks) {
        Map<Kind, Integer> ages = new EnumMap<>(Kind.class);
        input.forEach(each -> ages.merge(each.kind(), each.age(), Integer::sum));
        ages.forEach((kind, age) -> tasks.feed(kind + "" + age).join());
        return "";
    }

    @Entrypoint
    String p41(String input, ZooTasks tasks) {
        int price = PRICES.getOrDefault(input, 0);
        boolean sold = PRICES.containsKey(input) && FOODS.contains(input);
        return sold ? tasks.feed(input + price).join() : "";
    }

    @Entrypoint
    int p42(String input) {
        return PRICES.values().stream().mapToInt(Integer::intValue).sum();
    }

    @Entrypoint
    String p43(String input, ZooTasks tasks) {
        String names = Set.of("x", "y").stream().sorted(Comparator.reverseOrder()).limit(1).collect(Collectors.joining());
        return tasks.feed(names).join();
    }

    @Entrypoint
    String p44(Set<String> input, ZooTasks tasks) {
        String[] names = input.toArray(new String[0]);
        Arrays.sort(names);
        for (String name : names) {
            tasks.feed(name).join();
        }
        return "";
    }

    @Entrypoint
    List<String> p45(List<String> input, ZooTasks tasks) {
        return IntStream.range(0, input.size())
                .mapToObj(i -> tasks.feed(i + input.get(i)))
                .toList()
                .stream()
                .map(TaskFuture::join)
                .toList();
    }

    @Entrypoint
    String p46(String input, ZooTasks tasks) {
        var visitor = new Object() {
            private int visits;

            void visit(String name) {
                visits++;
                tasks.feed(name).join();
            }
        };
        visitor.visit(input);
        return "" + visitor.visits;
    }

    @Entrypoint
    String p47(String input, ZooTasks tasks) {
        class Basket {
            private final List<String> foods = new ArrayList<>();

            void put(String food) {
                foods.add(food);
            }
        }
        Basket basket = new Basket();
        basket.put(input);
        return tasks.feedAll(basket.foods).join();
    }

    @Entrypoint
    Final<String, Integer> p48(String input, @Previous Optional<Integer> visits, ZooTasks tasks) {
        int count = visits.orElse(0) + 1;
        return Final.of(tasks.feed(input).join(), count);
    }

    @Entrypoint
    BigDecimal p49(String input, @Context Shop given, ZooTasks tasks) {
        return new BigDecimal(given.price(input)).add(BigDecimal.TEN);
    }

    @Entrypoint
    String p50(String input, ZooTasks tasks) {
        CompletableFuture<String> done = CompletableFuture.completedFuture(input);
        return done.thenApply(String::strip).join() + tasks.feed(input).join();
    }

    @Entrypoint
    String p51(List<String> input, ZooTasks tasks) {
        List<String> longest = input.parallelStream().filter(each -> each.length() > 3).toList();
        return tasks.feedAll(longest).join();
    }

    @Entrypoint
    String p52(List<String> input, ZooTasks tasks) {
        Iterator<String> each = input.iterator();
        while (each.hasNext()) {
            String name = each.next();
            if (name.isEmpty()) {
                continue;
            }
            tasks.feed(name).join();
        }
        return "";
    }

    @Entrypoint
    String p53(String input, ZooTasks tasks) {
        Animal animal = Animal.young(input).older().older();
        return tasks.keep(animal).join().name();
    }

    @Entrypoint
    String p54(String input, ZooTasks tasks) {
        String first = tasks.feed(input).join();
        String second = Objects.requireNonNullElse(first, "");
        return second.toUpperCase(Locale.ROOT).replace('a', 'b').repeat(2);
    }

    @Entrypoint
    String p55(String input, ZooTasks tasks) {
        synchronized (this) {
            return input.intern() + Thread.currentThread().isInterrupted();
        }
    }

    @Entrypoint
    String p56(String input, ZooTasks tasks) {
        java.nio.file.Path path = java.nio.file.Path.of(input).resolve("x").normalize();
        java.net.URI address = java.net.URI.create("https://example.org/" + path.getFileName());
        return tasks.feed(address.getPath()).join();
    }

    @Entrypoint
    String p57(String input, ZooTasks tasks) {
        try (Scope scope = new Scope()) {
            return tasks.feed(scope.name(input)).join();
        }
    }

    static final class Scope implements AutoCloseable {
        String name(String text) {
            return text;
        }

        @Override
        public void close() {}
    }

    @Entrypoint
    String p58(List<List<String>> input, ZooTasks tasks) {
        return input.stream()
                .flatMap(List::stream)
                .distinct()
                .map(each -> tasks.feed(each).join())
                .collect(Collectors.joining("\n"));
    }

    @Entrypoint
    String p59(List<Animal> input, ZooTasks tasks) {
        return input.stream()
                .max(Comparator.comparing(Animal::age).thenComparing(Animal::name))
                .map(oldest -> tasks.feed(oldest.name()).join())
                .orElseThrow();
    }

    @Entrypoint
    String p60(String input, Run run, ZooTasks tasks) {
        if (run.patched("new-food")) {
            return tasks.feed("fish").join();
        }
        if (!run.isReplaying()) {
            LOG.info("live");
        }
        return tasks.feed("hay").join();
    }

    @Entrypoint
    String p61(String input, ZooTasks tasks) {
        TaskFuture<String> child = tasks.p01(input);
        String own = tasks.feed(input).join();
        return own + child.join(Duration.ofMinutes(1));
    }

    @Entrypoint
    String p62(String input, ZooTasks tasks) {
        record Pair(TaskFuture<String> left, TaskFuture<String> right) {
            String both() {
                return left.join() + right.join();
            }
        }
        return new Pair(tasks.feed(input), tasks.feed("b")).both();
    }

    @Entrypoint
    String p63(Map<String, List<String>> input, ZooTasks tasks) {
        Set<String> all = new TreeSet<>();
        input.values().forEach(all::addAll);
        all.removeIf(String::isEmpty);
        all.forEach(each -> tasks.feed(each).join());
        return "";
    }

    @Entrypoint
    String p64(List<String> input, ZooTasks tasks) {
        Map<Boolean, List<String>> parts = input.stream().collect(Collectors.partitioningBy(String::isEmpty));
        return tasks.feedAll(parts.get(false)).join();
    }

    @Entrypoint
    boolean p65(List<String> input, ZooTasks tasks) {
        Set<String> known = input.stream().collect(Collectors.toSet());
        return Stream.of("a", "b").filter(known::contains).anyMatch(each -> tasks.weigh(each).join() > 1);
    }

    @Entrypoint
    String p66(List<String> input, ZooTasks tasks) {
        return input.stream()
                .collect(Collectors.collectingAndThen(
                        Collectors.toSet(), set -> set.stream().sorted().collect(Collectors.joining(","))));
    }

    @Task
    String feed(String food) {
        return food + Instant.now() + UUID.randomUUID();
    }

    @Task
    String feedAll(List<String> foods) {
        return String.join(",", foods);
    }

    @Task
    int weigh(String name) {
        return name.length();
    }

    @Task
    Animal keep(Animal animal) {
        return animal;
    }

    @Task
    String store(Map<String, Integer> counts) {
        return counts.toString();
    }

    @Task
    void clean() {}

    /** A service, as a framework makes it. */
    static class Shop {
        private final Map<String, Integer> prices = new HashMap<>();
        private int asked;

        int price(String food) {
            asked++;
            return prices.computeIfAbsent(food, String::length) + asked;
        }
    }
}

abstract class Keeper<T> {
    @Task
    T same(T value) {
        return value;
    }

    String inherited(String text) {
        return text.strip();
    }
}
