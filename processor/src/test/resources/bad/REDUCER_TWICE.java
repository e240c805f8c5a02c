package com.acme;

import dev.clew.annotations.*;
import java.util.List;

@State
record Notes(@Append @KeepLast(2) List<String> lines) {} // CLEW235

class Use {
    NotesUpdate update = NotesUpdate.update().lines("a");
}
