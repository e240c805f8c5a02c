package dev.clew.json;

/** Constants with bodies: each has a class of its own, and the enum is implicitly sealed. */
enum Operator {
    PLUS {
        @Override
        int apply(int a, int b) {
            return a + b;
        }
    },
    MINUS {
        @Override
        int apply(int a, int b) {
            return a - b;
        }
    };

    abstract int apply(int a, int b);
}
