package dev.clew.benchmarks.peers;

/**
 * How long an engine took for a workload.
 *
 * @param variant where it stores: {@code memory} or {@code sqlite}
 * @param us the median, in microseconds for each task, superstep or thread
 */
record PeerTime(String engine, String workload, String variant, double us) {}
