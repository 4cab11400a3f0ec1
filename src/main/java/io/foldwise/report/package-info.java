/**
 * The report of a run, and the lecture: pages that open offline and ask nothing of any network; and
 * a page of a run that goes on.
 *
 * <p>{@link io.foldwise.report.ReportPage} puts the page together from what a run found, as JSON,
 * the resources beside it, charts from ECharts and d3-contour, and the engine that {@code
 * io.foldwise.browser} is compiled to. All that is shown is made by the page itself, since what a
 * slider moves has to be made there again. {@link io.foldwise.report.LecturePage} does so for the
 * lecture. {@link io.foldwise.report.LiveServer} serves a page of a search that runs, and then its
 * report, at 127.0.0.1. This package imports no other of ours.
 */
package io.foldwise.report;
