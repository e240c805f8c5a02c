package com.acme;

import dev.clew.annotations.*;

@State
record Notes(
        @Formerly("title") String text, // CLEW239
        String title,
        @Formerly({" ", "old"}) String one, // CLEW239
        @Formerly("old") String two) {} // CLEW239
