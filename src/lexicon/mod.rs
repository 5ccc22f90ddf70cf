//! What right names and ordinary words look like.
