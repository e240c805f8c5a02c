package dev.clew.benchmarks;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.json.JsonMapper;

/** The limit of work in memory: a number to JSON and back, and a map that keeps the JSON. */
final class RawJson {
    private final ObjectWriter writer;
    private final ObjectReader reader;
    private final ConcurrentMap<Integer, byte[]> kept = new ConcurrentHashMap<>();

    RawJson() {
        JsonMapper mapper = JsonMapper.builder().build();
        writer = mapper.writerFor(Integer.class);
        reader = mapper.readerFor(Integer.class);
    }

    void write(Integer key) {
        kept.put(key, writer.writeValueAsBytes(key));
    }

    Integer read(Integer key) {
        return reader.readValue(kept.get(key));
    }
}
