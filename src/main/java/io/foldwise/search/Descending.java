package io.foldwise.search;

import io.foldwise.learn.optim.LearningRate;
import io.foldwise.learn.optim.Schedule;
import java.io.Serializable;

/**
 * How a candidate descends.
 *
 * @param batchSize rows of a minibatch before any fold is held out
 * @param epochs visits of every minibatch
 */
public record Descending(LearningRate learningRate, Schedule schedule, long batchSize, long epochs)
    implements Serializable {}
