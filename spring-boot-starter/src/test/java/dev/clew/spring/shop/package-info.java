/** An application, as its users write one. */
package dev.clew.spring.shop;
