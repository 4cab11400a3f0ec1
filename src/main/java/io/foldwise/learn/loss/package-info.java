/**
 * What a prediction costs. A kind of loss is one class, which owns its name, parameter, value,
 * slope, loops over blocks of rows and best constant; {@link io.foldwise.learn.loss.Loss} says what
 * it has to bring.
 */
package io.foldwise.learn.loss;
