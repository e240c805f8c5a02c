package dev.clew.json;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** A plain class with getters and setters, whose members are of every kind that shapes know. */
class Bean {
    private @Nullable String name;
    private long count;
    private double real;
    private @Nullable Instant when;
    private @Nullable Point point;
    private @Nullable Figure figure;
    private Optional<String> note = Optional.empty();
    private List<Figure> figures = new ArrayList<>();
    private Set<Integer> numbers = new TreeSet<>();
    private @Nullable Object anything;

    static Bean of(String name, Figure figure) {
        Bean bean = new Bean();
        bean.name = name;
        bean.count = (1L << 53) + 1;
        bean.real = Double.NaN;
        bean.when = Instant.EPOCH;
        bean.point = new Point(1, 2);
        bean.figure = figure;
        bean.note = Optional.of("n");
        bean.figures.add(figure);
        bean.numbers.add(3);
        bean.anything = List.of(1, "x");
        return bean;
    }

    public @Nullable String getName() {
        return name;
    }

    public void setName(@Nullable String name) {
        this.name = name;
    }

    public long getCount() {
        return count;
    }

    public void setCount(long count) {
        this.count = count;
    }

    public double getReal() {
        return real;
    }

    public void setReal(double real) {
        this.real = real;
    }

    public @Nullable Instant getWhen() {
        return when;
    }

    public void setWhen(@Nullable Instant when) {
        this.when = when;
    }

    public @Nullable Point getPoint() {
        return point;
    }

    public void setPoint(@Nullable Point point) {
        this.point = point;
    }

    public @Nullable Figure getFigure() {
        return figure;
    }

    public void setFigure(@Nullable Figure figure) {
        this.figure = figure;
    }

    public Optional<String> getNote() {
        return note;
    }

    public void setNote(Optional<String> note) {
        this.note = note;
    }

    public List<Figure> getFigures() {
        return figures;
    }

    public void setFigures(List<Figure> figures) {
        this.figures = figures;
    }

    public Set<Integer> getNumbers() {
        return numbers;
    }

    public void setNumbers(Set<Integer> numbers) {
        this.numbers = numbers;
    }

    public @Nullable Object getAnything() {
        return anything;
    }

    public void setAnything(@Nullable Object anything) {
        this.anything = anything;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Bean that && state().equals(that.state());
    }

    @Override
    public int hashCode() {
        return state().hashCode();
    }

    private List<Object> state() {
        return Arrays.asList(
                name, count, real, when, point, figure, note, figures, numbers, Objects.toString(anything));
    }
}
