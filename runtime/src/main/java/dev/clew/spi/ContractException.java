package dev.clew.spi;

import dev.clew.value.ClewException;

/**
 * Generated code does not fit the runtime that it runs on: they are of different versions of Clew.
 *
 * <pre>{@code
 * com.acme.EssayFlowGraph was generated for contract 1, and clew-runtime keeps contract 2; …
 * }</pre>
 */
public final class ContractException extends ClewException {
    private static final long serialVersionUID = 1L;

    ContractException(String generated, int written, int kept) {
        super(generated + " was generated for contract " + written + ", and clew-runtime keeps contract " + kept + "; "
                + (written < kept
                        ? "compile it again with the clew-processor of this clew-runtime"
                        : "use the clew-runtime of the clew-processor that generated it"));
    }
}
