def test_ready_means_that_the_database_answers_and_is_migrated(shared_app, engine, tmp_path):
    from starlette.testclient import TestClient

    from app.kernel.database import create_database_engine

    client = TestClient(shared_app)
    shared_app.state.engine = engine
    assert client.get("/health/ready").json() == {"ready": True}
    assert client.get("/health/live").status_code == 200
    gone = create_database_engine(f"postgresql://nobody@/nothing?host={tmp_path}")
    shared_app.state.engine = gone
    answer = client.get("/health/ready")
    assert answer.status_code == 503 and "database" in answer.json()["because"]
    gone.dispose()
