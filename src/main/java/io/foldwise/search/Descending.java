package io.foldwise.search;

import io.foldwise.learn.optim.LearningRate;
import io.foldwise.learn.optim.Schedule;
import java.io.Serializable;

/**
 * How a candidate descends.
 *
 * @param batchSize the rows of a minibatch before any fold is held out
 * @param epochs how often every minibatch is visited
 */
public record Descending(LearningRate learningRate, Schedule schedule, long batchSize, long epochs)
    implements Serializable {}
