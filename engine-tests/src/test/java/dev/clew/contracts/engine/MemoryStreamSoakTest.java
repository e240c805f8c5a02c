package dev.clew.contracts.engine;

import dev.clew.contracts.OnMemory;

final class MemoryStreamSoakTest extends StreamSoakSuite implements OnMemory {}
