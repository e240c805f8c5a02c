package dev.clew.server.a2a;

import dev.clew.server.json.Json;
import java.math.BigDecimal;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Numbers of data as people mean them. The protocol's data are values of Protocol Buffers, which know no whole numbers: its clients write
 * {@code 3} as {@code 3.0}, and a workflow that wants a whole number would refuse that.
 */
final class WholeNumbers {
    /** Up to here a double has every whole number. */
    private static final BigDecimal MOST = BigDecimal.valueOf(1L << 53);

    private WholeNumbers() {}

    /** The same data with whole numbers where there are no decimals. */
    static JsonNode in(JsonNode data) {
        if (data instanceof ObjectNode object) {
            ObjectNode whole = Json.object();
            object.properties().forEach(member -> whole.set(member.getKey(), in(member.getValue())));
            return whole;
        } else if (data instanceof ArrayNode array) {
            ArrayNode whole = Json.array();
            array.forEach(one -> whole.add(in(one)));
            return whole;
        }
        return data.isNumber() && !data.isIntegralNumber() ? in(data, data.decimalValue()) : data;
    }

    private static JsonNode in(JsonNode data, BigDecimal number) {
        boolean isSmall = number.signum() == 0 || number.precision() - (long) number.scale() <= 16;
        boolean isWhole = isSmall
                && number.abs().compareTo(MOST) <= 0
                && number.stripTrailingZeros().scale() <= 0;
        return isWhole ? Json.of(number.longValueExact()) : data;
    }
}
