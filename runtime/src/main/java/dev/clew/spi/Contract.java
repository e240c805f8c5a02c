package dev.clew.spi;

/**
 * The contract between generated code and this runtime. Generated code names the version that it was written for, in the
 * first statement of each of its entries, before it uses anything else of the runtime.
 *
 * <pre>{@code
 * public static GraphBuilder<EssayFlowGraph> builder(EssayFlow flow) {
 *   Contract.require(1, "com.acme.EssayFlowGraph");
 *   return GraphBuilder.of(wiring -> new EssayFlowGraph(flow, wiring));
 * }
 * }</pre>
 */
public final class Contract {
    /**
     * The version that this runtime keeps. It rises whenever code that was generated before would no longer run, and
     * processors compare it with their own when they compile.
     */
    public static final int VERSION = 1;

    private Contract() {}

    /**
     * Checks that generated code fits this runtime. The signature of this method stays as it is in every version.
     *
     * @param version the contract that the code was generated for
     * @param generated the name of the generated class
     * @throws ContractException if this runtime keeps another version
     */
    public static void require(int version, String generated) {
        if (version != VERSION) {
            throw new ContractException(generated, version, VERSION);
        }
    }
}
