package io.foldwise.search.training;

/** What trains from moments and can hand them on. */
public interface KeepsMoments {
  /** The moments and what else training from them takes; the rows are read if they were not. */
  MomentsSnapshot moments();
}
