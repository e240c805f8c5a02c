package com.acme;

import dev.clew.annotations.*;

@State
record Score(
        @Reduce(Abstract.class) int one, // CLEW237
        @Reduce(Needy.class) long two, // CLEW237
        @Reduce(Two.class) double three, // CLEW237
        @AtMost(3) int four) {} // CLEW237

abstract class Abstract implements Reducer<Integer, Integer> {}

class Needy implements Reducer<Long, Long> {
    Needy(String text) {}

    @Override
    public Long identity() {
        return 0L;
    }

    @Override
    public Long apply(Long current, Long update) {
        return update;
    }
}

enum Two implements Reducer<Double, Double> {
    A,
    B;

    @Override
    public Double identity() {
        return 0.0;
    }

    @Override
    public Double apply(Double current, Double update) {
        return update;
    }
}

@Reduce(Capped.class)
@interface AtMost {
    int value();

    String unit() default "";
}

class Capped implements Reducer<Integer, Integer> {
    Capped(int most) {}

    @Override
    public Integer identity() {
        return 0;
    }

    @Override
    public Integer apply(Integer current, Integer update) {
        return update;
    }
}
