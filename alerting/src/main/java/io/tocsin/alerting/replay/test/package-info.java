/** Tests of rules as their authors write them: series over time, and what has to come of them. */
package io.tocsin.alerting.replay.test;
