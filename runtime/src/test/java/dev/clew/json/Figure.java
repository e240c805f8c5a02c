package dev.clew.json;

import java.util.Objects;

sealed interface Figure {
    record Circle(double radius) implements Figure {}

    sealed interface Polygon extends Figure {
        record Square(int side) implements Polygon {}
    }

    enum Special implements Figure {
        NONE
    }

    /** A bean among the permitted classes. */
    final class Blob implements Figure {
        private String name = "";
        private int size;

        public Blob() {}

        Blob(String name, int size) {
            this.name = name;
            this.size = size;
        }

        public String getName() {
            return name;
        }

        public void setName(String name) {
            this.name = name;
        }

        public int getSize() {
            return size;
        }

        public void setSize(int size) {
            this.size = size;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Blob that && name.equals(that.name) && size == that.size;
        }

        @Override
        public int hashCode() {
            return Objects.hash(name, size);
        }
    }
}
