/**
 * Whether a version that has just been put somewhere does well, judged by Tocsin's own signals:
 * functions over what was seen before and since. Nothing here asks anybody or knows the time.
 */
package io.tocsin.delivery.signal;
