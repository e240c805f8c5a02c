package com.acme;

import dev.clew.annotations.Entrypoint;

class Flow { // CLEW043
    @Entrypoint
    String write(String topic) {
        return topic;
    }
}
