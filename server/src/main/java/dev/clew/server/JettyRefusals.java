package dev.clew.server;

import dev.clew.server.json.Json;
import dev.clew.server.kernel.ApiRefusal;
import java.nio.ByteBuffer;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/** Answers what the web server refuses before the servlet is asked, such as a malformed address, in the form of all other refusals. */
final class JettyRefusals extends ErrorHandler {
    private static final HttpField JSON = new HttpField(HttpHeader.CONTENT_TYPE, "application/json");

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        int status = request.getAttribute(ERROR_STATUS) instanceof Integer code ? code : response.getStatus();
        response.setStatus(status);
        response.getHeaders().put(JSON);
        response.write(true, ByteBuffer.wrap(body(status, null)), callback);
        return true;
    }

    /** Jetty 12 still asks here, and nowhere else, what to say of a request that it cannot read. */
    @SuppressWarnings("removal")
    @Override
    public ByteBuffer badMessageError(int status, @Nullable String reason, HttpFields.Mutable fields) {
        fields.put(JSON);
        return ByteBuffer.wrap(body(status, reason));
    }

    private static byte[] body(int status, @Nullable String reason) {
        boolean isRefusal = status < 500;
        String said = reason == null ? HttpStatus.getMessage(status) : reason;
        return Json.bytes(ApiRefusal.of(
                        status,
                        isRefusal ? "bad_request" : "internal_error",
                        isRefusal
                                ? "the web server refuses the request: " + said
                                : "the server failed at this request; its log says why")
                .body());
    }
}
