-- Which key-encryption keys are in use is noted by the program: under the name `keks`.
GRANT INSERT, UPDATE ON docket.settings TO docket_app;
