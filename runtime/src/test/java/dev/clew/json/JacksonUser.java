package dev.clew.json;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.clew.value.TypeRef;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What {@link JacksonVersionsTest} does with each version of Jackson: a record and a bean, there and back. */
public final class JacksonUser {
    private JacksonUser() {}

    /** A value with shapes of ours. */
    public record Order(String id, @JsonProperty("at") List<Instant> times, Optional<String> note) {}

    /** A value that Jackson reads and writes. */
    public static final class Bean {
        private String name = "";

        public String getName() {
            return name;
        }

        public void setName(String name) {
            this.name = name;
        }
    }

    public static String thereAndBack() {
        JsonCodec codec = JsonCodec.standard();
        TypeRef<Order> orders = TypeRef.of(Order.class);
        TypeRef<Bean> beans = TypeRef.of(Bean.class);
        Bean bean = new Bean();
        bean.setName("bean");
        Order order =
                codec.decode(codec.encode(new Order("1", List.of(Instant.EPOCH), Optional.empty()), orders), orders);
        return order + " " + codec.decode(codec.encode(bean, beans), beans).getName();
    }
}
