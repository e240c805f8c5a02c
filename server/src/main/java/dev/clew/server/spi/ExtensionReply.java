package dev.clew.server.spi;

/**
 * An answer: of an extension to its caller, or of the server to an extension.
 *
 * @param status the HTTP status
 * @param json a document; empty for none
 */
public record ExtensionReply(int status, byte[] json) {
    /** An answer without a document. */
    public static ExtensionReply empty(int status) {
        return new ExtensionReply(status, new byte[0]);
    }

    /** Whether it is a success. */
    public boolean isSuccess() {
        return status / 100 == 2;
    }

    @Override
    public String toString() {
        return "ExtensionReply[" + status + ", " + json.length + " bytes]";
    }
}
