package dev.clew.benchmarks;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/**
 * One line of the report. Times are medians, in microseconds for each unit.
 *
 * @param limit the same work without Clew, in the same run
 * @param ratio ours over the limit
 * @param exponent how the whole time grows between the n before and this one: 1 is linear
 * @param bytes of file, or of heap kept, for each unit
 * @param allocated bytes allocated for each unit
 * @param runs how many measured calls the median is of
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record Row(
        String workload,
        String variant,
        int n,
        @JsonProperty("us_per_unit") double time,
        @JsonProperty("limit_us") @Nullable Double limit,
        @Nullable Double ratio,
        @Nullable Double exponent,
        @JsonProperty("bytes_per_unit") @Nullable Double bytes,
        @JsonProperty("allocated_per_unit") @Nullable Double allocated,
        long runs) {}
