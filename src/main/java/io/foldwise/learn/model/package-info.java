/**
 * What a model is: a linear function of polynomial terms of the features, and the coordinates that
 * it is trained in.
 */
package io.foldwise.learn.model;
