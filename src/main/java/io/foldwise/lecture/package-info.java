/**
 * The lecture: what each section computes, for the page and for the terminal alike.
 *
 * <p>{@link io.foldwise.lecture.Lecture} holds the sections in order. A {@link
 * io.foldwise.lecture.Section} has controls and, for their values, a {@link
 * io.foldwise.lecture.Picture}: series of numbers, facts, and whether its goal is reached. What
 * they train, they train by {@link io.foldwise.lecture.Study} with the engines of {@code
 * search.training}. Words are not here: page and terminal take them by name from lecture.en.json
 * and lecture.ko.json. This package may import {@code search.training} and {@code pickle}, and is
 * plain enough to be compiled for the browser.
 */
package io.foldwise.lecture;
