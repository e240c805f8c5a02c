package dev.clew.server.a2a;

import dev.clew.server.kernel.ApiRefusal;

/**
 * Refuses a message by an error of JSON-RPC.
 *
 * <pre>{@code
 * throw RpcFault.of(RpcFault.Kind.TASK_NOT_FOUND, "there is no task 'x'");
 * }</pre>
 */
public final class RpcFault extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Kind kind;

    /** The errors that the protocol numbers. */
    public enum Kind {
        PARSE_ERROR(-32700),
        INVALID_REQUEST(-32600),
        METHOD_NOT_FOUND(-32601),
        INVALID_PARAMS(-32602),
        INTERNAL_ERROR(-32603),
        TASK_NOT_FOUND(-32001),
        TASK_NOT_CANCELABLE(-32002),
        PUSH_NOTIFICATION_NOT_SUPPORTED(-32003),
        UNSUPPORTED_OPERATION(-32004),
        CONTENT_TYPE_NOT_SUPPORTED(-32005),
        EXTENDED_AGENT_CARD_NOT_CONFIGURED(-32007),
        VERSION_NOT_SUPPORTED(-32009);

        private final int code;

        Kind(int code) {
            this.code = code;
        }

        int code() {
            return code;
        }
    }

    private RpcFault(Kind kind, String sentence) {
        super(sentence, null, false, false);
        this.kind = kind;
    }

    public static RpcFault of(Kind kind, String sentence) {
        return new RpcFault(kind, sentence);
    }

    /** The parameters are not acceptable. */
    public static RpcFault invalid(String sentence) {
        return of(Kind.INVALID_PARAMS, sentence);
    }

    /** What the server refuses at one of its own addresses, as an error of the protocol. */
    public static RpcFault of(ApiRefusal refused) {
        return of(refused.status() == 503 ? Kind.INTERNAL_ERROR : Kind.INVALID_PARAMS, refused.sentence());
    }

    public Kind kind() {
        return kind;
    }

    String sentence() {
        return String.valueOf(getMessage());
    }
}
