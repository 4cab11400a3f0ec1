/** What is refused, and in what words: the ground floor, which every other package may use. */
package io.foldwise.input;
