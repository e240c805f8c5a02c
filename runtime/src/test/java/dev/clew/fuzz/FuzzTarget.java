package dev.clew.fuzz;

import java.util.List;

/** Takes bytes of any kind and does with them what somebody who means no good could; throws if a promise was broken. */
public interface FuzzTarget {
    /** Inputs that lead far in, for a fuzzer to begin with; the same ones in every process, or nearly. */
    List<byte[]> seeds() throws Exception;

    /** Returns if what had to be refused was refused, and what was taken came back; whatever it throws is a finding. */
    void take(byte[] input) throws Exception;
}
