package dev.clew.spi;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

/** Generated code of another version is refused with a text that says what to do. */
class ContractTest {
    @Test
    void acceptsCodeOfItsOwnVersion() {
        assertThatCode(() -> Contract.require(Contract.VERSION, "com.acme.FlowGraph"))
                .doesNotThrowAnyException();
    }

    @Test
    void saysToCompileAgainIfTheCodeIsOlder() {
        assertThatThrownBy(() -> Contract.require(Contract.VERSION - 1, "com.acme.FlowGraph"))
                .isInstanceOf(ContractException.class)
                .hasMessage("com.acme.FlowGraph was generated for contract 0, and clew-runtime keeps contract 1;"
                        + " compile it again with the clew-processor of this clew-runtime");
    }

    @Test
    void saysToUseTheOtherRuntimeIfTheCodeIsNewer() {
        assertThatThrownBy(() -> Contract.require(Contract.VERSION + 1, "com.acme.FlowGraph"))
                .isInstanceOf(ContractException.class)
                .hasMessage("com.acme.FlowGraph was generated for contract 2, and clew-runtime keeps contract 1;"
                        + " use the clew-runtime of the clew-processor that generated it");
    }
}
