package dev.clew.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.math.BigDecimal;
import java.math.BigInteger;

/**
 * Makes a number component of a {@link State @State} add up what is written to it: {@code int}, {@code long}, {@code double},
 * {@code BigInteger} or {@code BigDecimal}.
 *
 * <pre>{@code
 * @State
 * public record Budget(@Sum long tokens, @Sum BigDecimal cost) {}
 *
 * update().tokens(1_200).cost(new BigDecimal("0.03"))
 * }</pre>
 *
 * <p>It starts with 0.
 */
@Documented
@Reduce({Sum.OfInt.class, Sum.OfLong.class, Sum.OfDouble.class, Sum.OfBigInteger.class, Sum.OfBigDecimal.class})
@Target(ElementType.RECORD_COMPONENT)
@Retention(RetentionPolicy.CLASS)
public @interface Sum {
    /**
     * Adds {@code int} numbers; what overflows wraps around.
     *
     * <pre>{@code
     * Sum.OfInt.INSTANCE.apply(2, 3); // 5
     * }</pre>
     */
    enum OfInt implements Reducer<Integer, Integer> {
        /** The reducer. */
        INSTANCE;

        @Override
        public Integer identity() {
            return 0;
        }

        @Override
        public Integer apply(Integer current, Integer update) {
            return current + update;
        }
    }

    /**
     * Adds {@code long} numbers; what overflows wraps around.
     *
     * <pre>{@code
     * Sum.OfLong.INSTANCE.apply(2L, 3L); // 5
     * }</pre>
     */
    enum OfLong implements Reducer<Long, Long> {
        /** The reducer. */
        INSTANCE;

        @Override
        public Long identity() {
            return 0L;
        }

        @Override
        public Long apply(Long current, Long update) {
            return current + update;
        }
    }

    /**
     * Adds {@code double} numbers.
     *
     * <pre>{@code
     * Sum.OfDouble.INSTANCE.apply(2.0, 0.5); // 2.5
     * }</pre>
     */
    enum OfDouble implements Reducer<Double, Double> {
        /** The reducer. */
        INSTANCE;

        @Override
        public Double identity() {
            return 0.0;
        }

        @Override
        public Double apply(Double current, Double update) {
            return current + update;
        }
    }

    /**
     * Adds {@code BigInteger} numbers.
     *
     * <pre>{@code
     * Sum.OfBigInteger.INSTANCE.apply(BigInteger.TWO, BigInteger.ONE); // 3
     * }</pre>
     */
    enum OfBigInteger implements Reducer<BigInteger, BigInteger> {
        /** The reducer. */
        INSTANCE;

        @Override
        public BigInteger identity() {
            return BigInteger.ZERO;
        }

        @Override
        public BigInteger apply(BigInteger current, BigInteger update) {
            return current.add(update);
        }
    }

    /**
     * Adds {@code BigDecimal} numbers.
     *
     * <pre>{@code
     * Sum.OfBigDecimal.INSTANCE.apply(BigDecimal.ONE, BigDecimal.ONE); // 2
     * }</pre>
     */
    enum OfBigDecimal implements Reducer<BigDecimal, BigDecimal> {
        /** The reducer. */
        INSTANCE;

        @Override
        public BigDecimal identity() {
            return BigDecimal.ZERO;
        }

        @Override
        public BigDecimal apply(BigDecimal current, BigDecimal update) {
            return current.add(update);
        }
    }
}
