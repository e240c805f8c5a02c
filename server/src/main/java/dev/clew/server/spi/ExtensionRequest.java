package dev.clew.server.spi;

import java.util.Map;

/**
 * A request for an extension, whose caller is known.
 *
 * @param headers by name in small letters
 * @param body as it came; its size is limited
 * @param server asks the server itself as the same caller
 */
public record ExtensionRequest(Map<String, String> headers, byte[] body, ServerCalls server) {
    public ExtensionRequest {
        headers = Map.copyOf(headers);
    }

    @Override
    public String toString() {
        return "ExtensionRequest[" + body.length + " bytes]";
    }
}
