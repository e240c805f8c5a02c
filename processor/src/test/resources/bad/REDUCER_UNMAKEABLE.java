package com.acme;

import dev.clew.annotations.*;

@State
record Score(
        @Reduce(Abstract.class) int one, // CLEW237
        @Reduce(Needy.class) long two, // CLEW237
        @Reduce(Two.class) double three, // CLEW237
        @AtMost(3) int four, // CLEW237
        @Reduce(Hidden.Inner.class) String six, // CLEW237
        @Worded("x") float seven) {} // CLEW237

class Hidden {
    @State
    record Five(
            @Reduce(Secret.class) String five) {} // CLEW237

    private enum Secret implements Reducer<String, String> {
        ONLY;

        @Override
        public String identity() {
            return "";
        }

        @Override
        public String apply(String current, String update) {
            return update;
        }
    }

    class Inner implements Reducer<String, String> {
        @Override
        public String identity() {
            return "";
        }

        @Override
        public String apply(String current, String update) {
            return update;
        }
    }
}

@Reduce(Numbered.class)
@interface Worded {
    String value();
}

class Numbered implements Reducer<Float, Float> {
    Numbered(int number) {}

    @Override
    public Float identity() {
        return 0f;
    }

    @Override
    public Float apply(Float current, Float update) {
        return update;
    }
}

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
